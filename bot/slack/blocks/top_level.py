"""Builds the top-level text of a message: each word, number and link of its blocks, in order.

Screen readers read that text and not the blocks (docs.slack.dev, chat.postMessage), and
notifications on a phone are made of it (changelog of 2026-07-13, «Notification changes»). It
leaves out what a menu offers and what a dialog asks, since nobody sees those before pressing.
"""

import html
from collections.abc import Iterator, Sequence
from unicodedata import category

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CardBlock,
    CarouselBlock,
    ContextBlock,
    DividerBlock,
    ImageElement,
    MarkdownTextObject,
    SectionBlock,
    StaticSelectElement,
    TextObject,
)

from bot.slack.blocks.catalogue import Words

MOST_TOP_LEVEL = 4000
"""Characters. chat.update refuses more (`msg_too_long`), chat.postMessage advises against it.
Source: docs.slack.dev, chat.update and chat.postMessage."""
_HERE = "\0"
_BULLETS = frozenset("•\ufe0f ")
_IN_A_LINK = str.maketrans({"<": "%3C", ">": "%3E", "|": "%7C", "&": "&amp;"})


def top_level_text(blocks: Sequence[Block], say: Words) -> str:
    """Returns what the blocks say, a line for each part, then the labels of buttons and menus.

    A picture adds its alt text unless the words beside it say the same. Icons and bars are left
    out. A label that stands on several buttons is told once.
    """
    parts = [line for block in blocks for line in _lines(block, say)]
    labels = list(dict.fromkeys(label for block in blocks for label in _labels(block)))
    return _fitting(parts, labels, say)


def _lines(block: Block, say: Words) -> Iterator[str]:
    match block:
        case SectionBlock(text=MarkdownTextObject(text=words), accessory=beside):
            lines = _undecorated(words)
            alt = beside.alt_text if isinstance(beside, ImageElement) else None
            yield from lines
            if alt is not None and not _says(lines, alt):
                yield say("text-picture", picture=alt)
        case ContextBlock(elements=elements):
            for each in elements:
                yield from _undecorated(each.text if isinstance(each, MarkdownTextObject) else "")
        case CarouselBlock(elements=cards):
            yield from (_card(card, say) for card in cards if isinstance(card, CardBlock))
        case ActionsBlock() | DividerBlock():
            return
        case _:
            raise TypeError(type(block).__name__)  # its words would be missing


def _card(card: CardBlock, say: Words) -> str:
    texts = [each.text for each in (card.title, card.subtitle, card.body) if each is not None]
    lines = [line for text in texts for line in _undecorated(text)]
    hero, words = card.hero_image, ", ".join(lines)
    if not isinstance(hero, ImageElement) or _says(lines, hero.alt_text or ""):
        return words
    return say("text-pictured", picture=hero.alt_text or "", words=words)


def _says(lines: Sequence[str], alt: str) -> bool:
    return alt.casefold() in "\n".join(lines).casefold()


def _undecorated(words: str) -> list[str]:
    """Returns the lines that have words, each without the icon, bullet or bar in front of it."""
    lines = (_begin(line) for line in words.split("\n"))
    return [line for line in lines if line]


def _begin(line: str) -> str:
    start = next((at for at, each in enumerate(line) if not _is_decoration(each)), len(line))
    return line[start:].strip()


def _is_decoration(character: str) -> bool:
    return character in _BULLETS or category(character) == "So"  # symbols, which emoji are too


def _labels(block: Block) -> Iterator[str]:
    match block:
        case SectionBlock(accessory=ButtonElement() as button):
            yield _label(button)
        case ActionsBlock(elements=elements):
            yield from map(_label, elements)
        case CarouselBlock(elements=cards):
            for card in cards:
                yield from map(_label, card.actions or () if isinstance(card, CardBlock) else ())
        case _:
            return


def _label(element: object) -> str:
    """Returns what stands on it, with its link if it has one."""
    # Labels are plain text, but this text is read as mrkdwn.
    match element:
        case ButtonElement(text=TextObject(text=words), url=str(link)):
            return f"<{link.translate(_IN_A_LINK)}|{html.escape(words, quote=False)}>"
        case (
            ButtonElement(text=TextObject(text=words))
            | StaticSelectElement(placeholder=TextObject(text=words))
        ):
            return html.escape(words, quote=False)
        case _:
            raise TypeError(type(element).__name__)


def _pressable(labels: Sequence[str], say: Words) -> list[str]:
    # A link alone may be longer than what Fluent takes for one value (1,000 characters).
    return [say("text-buttons", labels=_HERE).replace(_HERE, ", ".join(labels))] if labels else []


def _fitting(parts: Sequence[str], labels: Sequence[str], say: Words) -> str:
    """Joins the parts and the labels; if they are too long, those that fit, and where the rest is.

    A label may be a link of 3,000 characters, so one that does not fit is passed over.
    """
    whole = "\n".join([*parts, *_pressable(labels, say)])
    if len(whole) <= MOST_TOP_LEVEL:
        return whole
    kept, shown, more = list(parts), list[str](), say("text-more")
    while len("\n".join([*kept, more])) > MOST_TOP_LEVEL:
        del kept[-1]
    for label in labels:
        line = _pressable([*shown, label], say)
        if len("\n".join([*kept, *line, more])) <= MOST_TOP_LEVEL:
            shown.append(label)
    return "\n".join([*kept, *_pressable(shown, say), more])
