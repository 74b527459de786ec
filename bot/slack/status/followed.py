"""Lists the videos that are followed in a channel, each with a button that ends it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, SectionBlock

from bot.domain.follow import Follow
from bot.slack.blocks import following
from bot.slack.blocks.message import code, context, mrkdwn, section
from bot.slack.blocks.texts import Texts

MOST_SHOWN = 5
"""The newest ones; each has its card in the channel."""
_MOST_NAME = 40


def followed(follows: Sequence[Follow], texts: Texts) -> list[Block]:
    """Returns a row for each of the newest; nothing where none is followed."""
    if not follows:
        return []
    # The oldest come first, and the newest are shown.
    shown = follows[-MOST_SHOWN:][::-1]
    blocks: list[Block] = [section(texts.say("status-followed"))]
    blocks += [_row(each, texts) for each in shown]
    if len(follows) > len(shown):
        blocks.append(context(texts.say("status-more", count=len(follows) - len(shown))))
    return blocks


def _row(follow: Follow, texts: Texts) -> Block:
    video = texts.say("video", video=code(follow.name or follow.video, _MOST_NAME))
    words = texts.say("status-followed-entry", who=f"<@{follow.origin.user}>", video=video)
    if follow.message is not None:
        link = texts.link(follow.origin.channel, follow.message, follow.origin.thread)
        words = f"{words} · {texts.say('status-thread', link=link)}"
    return SectionBlock(text=mrkdwn(words), accessory=following.stop_which(follow, texts))
