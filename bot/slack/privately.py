"""What one person alone is told: by the shortest way that is still open."""

import logging
from collections.abc import Awaitable
from typing import Any

from bot.domain.request import Asked
from bot.slack.blocks.message import Message
from bot.slack.intake import explained
from bot.slack.languages import Languages
from bot.slack.web_api import SlackRefusedError, WebApi

log = logging.getLogger(__name__)

PRIVATE: dict[str, Any] = {"response_type": "ephemeral", "replace_original": False}


async def tell(slack: WebApi, asked: Asked, message: Message) -> None:
    """Through the link of their command or press, in the channel, in a direct message.

    Raises:
        SlackError: one of its subclasses; nobody knows, or not now.
    """
    if await _responded(slack, asked, message, PRIVATE):
        return
    for method, place in (
        ("chat.postEphemeral", {"channel": asked.channel, "user": asked.by}),
        ("chat.postMessage", {"channel": asked.by}),
    ):
        if place["channel"]:
            try:
                await slack.say(method, place, message)
            except SlackRefusedError as refused:
                log.info("%s: %s", method, refused)
            else:
                return
    log.error("nobody could be told")


async def explain(
    slack: WebApi, languages: Languages, asked: Asked, work: Awaitable[Message | None]
) -> None:
    """Tells what came of `work`, also if that is something that went wrong.

    Raises:
        SlackError: as `tell`.
    """
    answer = await explained(work, lambda: languages.of(asked.by))
    if answer is not None:
        await tell(slack, asked, answer)


async def replace(slack: WebApi, asked: Asked, message: Message) -> None:
    """Puts it in the place of the message that they pressed on, or else tells it as well.

    Raises:
        SlackError: one of its subclasses; nobody knows, or not now.
    """
    if not await _responded(slack, asked, message, {"replace_original": True}):
        await tell(slack, asked, message)


async def _responded(slack: WebApi, asked: Asked, message: Message, how: dict[str, Any]) -> bool:
    """Whether Slack took it there; the link lives 30 minutes and five answers."""
    if asked.response_url is None:
        return False
    for attempt in (message, *message.plainer()):
        try:
            await slack.respond(asked.response_url, attempt.fields() | how)
        except SlackRefusedError as refused:
            log.info("not by the response_url: %s", refused)
        else:
            return True
    return False
