"""Makes buttons act in another channel than the one in which they are pressed."""

import json
import re
from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.errors import StaleButton
from bot.domain.request import ChannelId
from bot.slack.blocks.agreeing import AFTER_RENDER
from bot.slack.blocks.buttons import GO_AHEAD

_YES = frozenset({GO_AHEAD, AFTER_RENDER})
_CHANNEL = re.compile(r"[A-Z0-9]{2,30}")


def placed(text: str, channel: ChannelId) -> str:
    """Returns what a button carries, with the channel in which it acts."""
    fields = json.loads(text) | {"channel": channel}
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False)


def place_of(text: str) -> ChannelId | None:
    """Returns the channel that a button carries; None for the one in which it is pressed.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        channel = json.loads(text).get("channel")
    except (AttributeError, ValueError, RecursionError):
        raise StaleButton from None
    if channel is None:
        return None
    if not isinstance(channel, str) or not _CHANNEL.fullmatch(channel):
        raise StaleButton
    return ChannelId(channel)


def place_question(blocks: Sequence[Block], channel: ChannelId) -> None:
    """Makes every yes in these blocks start in that channel, wherever it is pressed."""
    for block in blocks:
        for each in block.elements if isinstance(block, ActionsBlock) else ():
            if isinstance(each, ButtonElement) and each.action_id in _YES and each.value:
                each.value = placed(each.value, channel)
