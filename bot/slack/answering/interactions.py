"""Reads Slack's interaction payloads: who acted where, on what, and under which request id.

Fields as in https://docs.slack.dev/reference/interaction-payloads.
"""

import hashlib
from typing import Any

from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.parsing import video_id
from bot.domain.request import ChannelId, MessageTs, Origin, RequestId, UserId
from bot.domain.video import VideoId
from bot.slack.answering.people import teams_of
from bot.slack.blocks.agreeing import AFTER_RENDER
from bot.slack.blocks.buttons import GO_AHEAD
from bot.slack.blocks.drafts import OPEN_WITH

_NOWHERE = ChannelId("")
_PRIVATE = frozenset({GO_AHEAD, AFTER_RENDER, OPEN_WITH})
"""Stand under what one person alone is told. `START_NOW` too, but it carries its thread itself."""


def pressed(body: dict[str, Any], now: float) -> Origin:
    """Returns who pressed something in a message, and where; `now` is Unix time in seconds."""
    return Origin(
        user=UserId(body["user"]["id"]),
        channel=ChannelId(body["channel"]["id"]),
        at=now,
        thread=_thread(body),
        response_url=body.get("response_url"),
        open_thread=open_thread(_container_thread(body), body["container"]["message_ts"]),
        teams=teams_of(body),
    )


def in_view(body: dict[str, Any], now: float, channel: ChannelId = _NOWHERE) -> Origin:
    """Returns who acted in a view or used a global shortcut; neither payload names a channel."""
    by = UserId(body["user"]["id"])
    return Origin(by, channel, now, teams=teams_of(body))


def open_thread(thread: str | None, message: str) -> MessageTs | None:
    """Returns the thread that somebody has open who acts on that message of it.

    A parent message tells nothing, since it can be acted on in the channel as well.
    """
    return MessageTs(str(thread)) if thread and thread != message else None


def value_of(body: dict[str, Any]) -> str:
    """Returns what the button that was pressed carries."""
    return str(body["actions"][0].get("value", ""))


def video_of(body: dict[str, Any]) -> VideoId:
    """Returns the video that the button carries, checked again.

    Raises:
        StaleButton: it carries none.
    """
    try:
        return video_id(value_of(body))
    except NotAVideo:
        raise StaleButton from None


def press_id(body: dict[str, Any]) -> RequestId:
    """Returns the id of the request that a press makes, the same for each of its deliveries."""
    # A second press has a time of its own, and makes another request.
    action = body["actions"][0]
    return request_id(
        "press",
        body["channel"]["id"],
        str(body["container"]["message_ts"]),
        str(action.get("block_id", "")),
        action["action_id"],
        action["action_ts"],
    )


def _thread(body: dict[str, Any]) -> MessageTs | None:
    """Returns the thread of the message that was pressed on; a question in private has none.

    In direct messages with the bot such a question is a message like any other.
    """
    container, thread = body["container"], _container_thread(body)
    asked = (body.get("actions") or [{}])[0].get("action_id") in _PRIVATE
    if thread is None and not asked and not container.get("is_ephemeral"):
        thread = container["message_ts"]
    return MessageTs(str(thread)) if thread else None


def _container_thread(body: dict[str, Any]) -> str | None:
    """Returns the thread that the payload names; Slack has two places for it."""
    thread = body["container"].get("thread_ts") or body.get("message", {}).get("thread_ts")
    return str(thread) if thread else None


def request_id(*delivery: str) -> RequestId:
    """Returns the id of a request, the same for each delivery of the same action."""
    # No part has a NUL, so different parts never join to the same text.
    digest = hashlib.sha256("\0".join(delivery).encode()).hexdigest()
    return RequestId(digest[:20])
