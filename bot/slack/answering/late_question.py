"""Builds the question about a request that Slack had given up before the bot came to it."""

import json
import re

from slack_sdk.models.blocks import ActionsBlock

from bot.domain.errors import AskFirst, StaleButton
from bot.domain.estimate import Estimate
from bot.domain.request import ChannelId, Request, RequestId, Selection
from bot.slack.blocks import asking, buttons
from bot.slack.blocks.message import Message, section
from bot.slack.blocks.placing import place_of
from bot.slack.blocks.texts import Texts

START_NOW = "start_now"
_REQUEST = re.compile(r"[0-9a-f]{20}")


def question(
    request: Request,
    texts: Texts,
    repeated: AskFirst | None = None,
    estimate: Estimate | None = None,
) -> Message:
    """Returns the question whether to start it all the same; its button carries the whole request.

    `repeated` is what was started since, and `estimate` tells what it costs once more.
    """
    order = request.order
    typed = " ".join(
        filter(
            None, (order.called or order.video, _picked(order.selection), order.effect, order.image)
        )
    )
    further = {"name": request.id, "channel": request.origin.channel}
    carried = buttons.value(order, request.origin.thread, further)
    wanted = texts.typed(typed)
    if repeated is None:
        key = "given-up-after-render" if order.after_render else "given-up"
        words = texts.say(key, wanted=wanted)
    else:
        count = len(order.selection.positions or order.selection.ids) or repeated.repeated
        cost = " ".join(asking.once_more(count, texts, estimate or Estimate()))
        since = asking.repeated(repeated, count, texts)
        words = texts.say("given-up-since", wanted=wanted, since=since, cost=cost)
    label = texts.say("button-after-render" if order.after_render else "button-start-now")
    start = buttons.button(START_NOW, label, carried, style="primary")
    return Message.of([section(words), ActionsBlock(elements=[start])], texts.say)


def named(text: str) -> tuple[RequestId, ChannelId]:
    """Returns the id of the request that a button starts, and its channel.

    The id stays the same, so that two presses, or the same form again, start it once.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        name = str(json.loads(text)["name"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise StaleButton from None
    channel = place_of(text)
    if channel is None or not _REQUEST.fullmatch(name):
        raise StaleButton
    return RequestId(name), channel


def _picked(selection: Selection) -> str:
    """Returns the sequences as somebody would type them."""
    return (
        "failed" if selection.failed else ",".join(map(str, selection.positions or selection.ids))
    )
