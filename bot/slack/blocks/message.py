"""Builds messages, and makes texts safe to put into one."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    CardBlock,
    CarouselBlock,
    ContextBlock,
    ImageElement,
    InteractiveElement,
    MarkdownTextObject,
    SectionBlock,
)

from bot.domain.images import is_picture
from bot.slack.blocks.catalogue import Words
from bot.slack.blocks.top_level import top_level_text

MOST_TEXT = 3000
"""Characters of a section's text. Source: Block Kit reference, section."""

# Control characters, and marks that are invisible or reverse the text after them.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
)
_NO_BACKTICK = "\u02bb"
"""Looks like a backtick, but neither begins nor ends a piece of code."""


@dataclass(frozen=True, slots=True)
class Message:
    """Holds what is sent to Slack; `Message.of` makes one.

    Attributes:
        text: all that its blocks say. Screen readers and notifications on a phone read only this.
    """

    text: str
    blocks: tuple[Block, ...] = ()

    @classmethod
    def of(cls, blocks: Iterable[Block], say: Words) -> "Message":
        """Returns a message of these blocks, which are in the language of `say`."""
        shown = tuple(blocks)
        return cls(top_level_text(shown, say), shown)

    def fields(self) -> dict[str, Any]:
        """Returns it as the fields of `chat.postMessage`, `chat.update` or a response."""
        if not self.blocks:
            return {"text": self.text}
        return {"text": self.text, "blocks": [block.to_dict() for block in self.blocks]}

    def plainer(self) -> Iterator["Message"]:
        """Yields simpler and simpler forms of the message, in case Slack refuses its blocks.

        The first has no carousels: not every workspace takes them, nor every picture in them. The
        next has no pictures. The last has no blocks, since the text says all that they say.
        """
        if any(isinstance(block, CarouselBlock) for block in self.blocks):
            parts = [part for block in self.blocks for part in _without_carousel(block)]
            yield replace(self, blocks=tuple(parts))
        parts = [part for block in self.blocks for part in _without_carousel(block)]
        yield replace(self, blocks=tuple(_without_picture(part) for part in parts))
        yield Message(self.text)


def mrkdwn(text: str) -> MarkdownTextObject:
    """Returns a text object in which Slack looks for no links, channels or mentions by itself."""
    shown = text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"
    return MarkdownTextObject(text=shown, verbatim=True)


def section(text: str, picture: ImageElement | None = None) -> SectionBlock:
    """Returns a paragraph, perhaps with a small picture beside it."""
    return SectionBlock(text=mrkdwn(text), accessory=picture)


def picture(link: str | None, alt: str) -> ImageElement | None:
    """Returns the picture, if Slack can show one from that link; `alt` says what is on it."""
    return ImageElement(image_url=link, alt_text=alt) if link and is_picture(link) else None


def context(text: str) -> ContextBlock:
    """Returns a line of small print."""
    return ContextBlock(elements=[mrkdwn(text)])


def quoted(words: str, most: int = 200) -> str:
    """Makes somebody's or IACrea's words harmless in mrkdwn: escaped, on one line, cut.

    Source: docs.slack.dev/messaging/formatting-message-text, «Escaping text».
    """
    line = " ".join(_CONTROL.sub(" ", words).replace("`", _NO_BACKTICK).split())
    # Cut before it is escaped: half of «&amp;» would be shown as it stands.
    cut = line if len(line) <= most else line[: most - 1] + "…"
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def line(words: str, most: int) -> str:
    """Returns words on one line of plain text, where nothing has to be escaped."""
    return html.unescape(quoted(words, most))


def fitting(words: str, most: int) -> str:
    """Returns words as `quoted` does, but counts `most` after escaping."""
    whole = quoted(words, most)
    # Escaping makes five characters of one at most: «&amp;».
    return whole if len(whole) <= most else quoted(words, most // 5)


def code(words: str, most: int = 200) -> str:
    """Returns words in a fixed-width font, which a backtick in them cannot end."""
    return f"`{quoted(words, most) or ' '}`"


def formatted_date(at: float, token: str, instead: str = "%H:%M UTC") -> str:
    """Returns a time that Slack shows in the reader's own time zone and language.

    `at` is Unix time in seconds; `token` is `{ago}`, `{time}` and the like; `instead` is the format
    for who does not see Slack's. Source: docs.slack.dev/messaging/formatting-message-text, «Date
    formatting».
    """
    plain = datetime.fromtimestamp(at, UTC).strftime(instead)
    return f"<!date^{round(at)}^{token}|{plain}>"


def _without_carousel(block: Block) -> list[Block]:
    """Returns a section for each card, with its picture beside it and its buttons below."""
    if not isinstance(block, CarouselBlock):
        return [block]
    return [
        part for card in block.elements if isinstance(card, CardBlock) for part in _unrolled(card)
    ]


def _unrolled(card: CardBlock) -> list[Block]:
    texts = [each.text for each in (card.title, card.subtitle, card.body) if each is not None]
    hero = card.hero_image if isinstance(card.hero_image, ImageElement) else None
    parts: list[Block] = [section("\n".join(texts), hero)]
    pressed = [each for each in card.actions or () if isinstance(each, InteractiveElement)]
    if pressed:
        # A press is known by its block_id too, so the row keeps the card's.
        parts.append(ActionsBlock(elements=pressed, block_id=card.block_id))
    return parts


def _without_picture(block: Block) -> Block:
    if isinstance(block, SectionBlock) and isinstance(block.accessory, ImageElement):
        return SectionBlock(text=block.text)
    return block
