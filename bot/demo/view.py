"""A channel as lines: what is posted, edited, typed and pressed there; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from bot.demo import mrkdwn
from bot.demo.styled import Line, Span, Style, cells, wrap
from bot.simulator.slack import Message

_NAME = 7
"""Cells for a name and the blank behind it."""
_MARGIN = len("12:34 ") + _NAME
_REPLY = "↳ "
_GAP = Span("  ")

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the channel, and through what.

    Attributes:
        names: what stands for the id of a person or channel in a text: `@anna`, `#listings`.
        authors: what stands for the id of a person beside what they say: `Anna`.
        width: cells of a row.
        zone: whose clock is shown; None for this machine's.
    """

    names: Mapping[str, str]
    authors: Mapping[str, str]
    width: int
    zone: tzinfo | None = None


def posted(message: Message, reader: Reader) -> list[Line]:
    """A new message: time, name, and its blocks below each other; a reply hangs in its thread."""
    lines = _content(message, message.blocks, reader)
    if message.visible_to is not None:
        who = reader.authors.get(message.visible_to, message.visible_to)
        lines = [(Span(f"only {who} sees this", Style.DIM),), *lines]
    return _entry(float(message.ts), message.user, lines, reader, reply=message.is_reply)


def tail(message: Message, reader: Reader) -> list[Line]:
    """What of a message changes: of one that is under way, how far it is, and what is below."""
    lines = _content(message, _changing(message), reader)
    return _hung(lines, reader, reply=message.is_reply)


def edited(message: Message, reader: Reader) -> list[Line]:
    """An edit of a message that stands further up: what it says now, without its buttons."""
    told = [block for block in _changing(message) if block["type"] != "actions"]
    first, *others = _content(message, told or _changing(message), reader)
    lines = [(Span("✎ ", Style.DIM), *first), *others]
    return _hung(lines, reader, reply=message.is_reply)


def typed(at: float, author: str, text: str, reader: Reader, *, note: str = "") -> list[Line]:
    """A command somebody typed at `at`, Unix seconds; `note` is what is peculiar about it."""
    line: Line = (Span(text, Style.CODE),)
    if note:
        line = (*line, _GAP, Span(_whole(f"({note})"), Style.DIM))
    return _entry(at, author, [line], reader)


def pressed(at: float, author: str, label: str, reader: Reader) -> list[Line]:
    """A button somebody pressed at `at`, Unix seconds."""
    line = (Span("presses ", Style.DIM), Span(_whole(f"[ {label} ]"), Style.BOLD))
    return _entry(at, author, [line], reader)


def narrated(text: str, reader: Reader) -> list[Line]:
    """What happens behind the conversation, below a blank line."""
    return [(), *wrap((Span(text, Style.ITALIC),), reader.width)]


def titled(title: str, text: str, reader: Reader) -> list[Line]:
    """What is played, in one line where it fits."""
    return wrap((Span(title, Style.BOLD), _GAP, Span(text, Style.DIM)), reader.width)


def heading(text: str, reader: Reader) -> Line:
    """A title on a rule across the whole width."""
    rule = "─" * max(0, reader.width - cells(text) - 1)
    return (Span(f"{text} ", Style.BOLD), Span(rule, Style.DIM))


def _entry(
    at: float, author: str, lines: Sequence[Line], reader: Reader, *, reply: bool = False
) -> list[Line]:
    moment = datetime.fromtimestamp(at, UTC).astimezone(reader.zone)
    name = reader.authors.get(author, author)
    head = (
        Span(f"{moment:%H:%M} ", Style.DIM),
        Span(name, Style.BOLD),
        Span(" " * max(1, _NAME - cells(name))),
        Span(_REPLY if reply else "", Style.DIM),
    )
    first, *others = _hung(lines, reader, reply=reply)
    return [(*head, *first[1:]), *others]


def _hung(lines: Sequence[Line], reader: Reader, *, reply: bool) -> list[Line]:
    """The lines, wrapped, with a margin as wide as time and name."""
    margin = _MARGIN + (len(_REPLY) if reply else 0)
    rows = [row for line in lines for row in wrap(line, reader.width - margin)]
    return [(Span(" " * margin), *row) for row in rows]


def _changing(message: Message) -> Sequence[Block]:
    """From the first small print on; the last block where there is none."""
    kinds = [block["type"] for block in message.blocks]
    return message.blocks[kinds.index("context") if "context" in kinds else -1 :]


def _content(message: Message, blocks: Sequence[Block], reader: Reader) -> list[Line]:
    """A message's blocks; the text stands for them where it has none."""
    if not message.blocks:
        said = mrkdwn.lines(message.text, reader.names) if message.text else []
        return [*said, *((Span(_whole(f"📎 {file.title}")),) for file in message.files)] or [()]
    return [line for block in blocks for line in _block(block, reader)]


def _block(block: Block, reader: Reader) -> list[Line]:
    lines: list[Line]
    match block["type"]:
        case "section":
            lines = _section(block, reader)
        case "context" | "actions" as kind:
            style = Style.DIM if kind == "context" else Style.PLAIN
            lines = [_joined([_element(each, reader) for each in block["elements"]], style)]
        case "image":
            lines = [_joined([_element(block, reader), (Span(block["alt_text"], Style.DIM),)])]
        case "card" | "carousel":
            lines = [_card(card, reader) for card in block.get("elements", [block])]
        case "header":
            lines = [(Span(block["text"]["text"], Style.BOLD),)]
        case "divider":
            lines = [()]
        case other:
            lines = [(Span(f"({other})", Style.DIM),)]
    return lines


def _section(block: Block, reader: Reader) -> list[Line]:
    texts = [*([block["text"]] if "text" in block else []), *block.get("fields", ())]
    lines = [line for text in texts for line in mrkdwn.lines(text["text"], reader.names)]
    if accessory := block.get("accessory"):
        lines[-1] = (*lines[-1], _GAP, *_element(accessory, reader))
    return lines


def _card(card: Block, reader: Reader) -> Line:
    """A card as a line: its texts, its picture, its buttons."""
    texts = [
        card[name]["text"] for name in ("title", "subtitle", "body", "subtext") if name in card
    ]
    lines = mrkdwn.lines(" · ".join(texts), reader.names)
    pieces = [card["hero_image"]] if "hero_image" in card else []
    pieces += card.get("actions", ())
    return _joined([(Span("▭"),), *lines, *(_element(each, reader) for each in pieces)])


def _element(element: Block, reader: Reader) -> Line:
    match element["type"]:
        case "mrkdwn":
            return tuple(
                span for line in mrkdwn.lines(element["text"], reader.names) for span in line
            )
        case "button":
            sign = " ↗" if "url" in element else ""
            label = _whole(f"[ {element['text']['text']}{sign} ]")
            primary = element.get("style") == "primary"
            return (Span(label, Style.PRIMARY | Style.BOLD if primary else Style.BOLD),)
        case "static_select" | "external_select" | "multi_static_select":
            hint = element.get("placeholder", {}).get("text", "…")
            return (Span(_whole(f"( {hint} ▾ )")),)
        case "image" if "image_url" in element:
            name = PurePosixPath(urlsplit(element["image_url"]).path).name
            return (Span(_whole(f"🖼 {name}"), Style.DIM),)
        case other:
            return (Span(f"({other})", Style.DIM),)


def _joined(parts: Sequence[Line], style: Style = Style.PLAIN) -> Line:
    """The parts side by side."""
    spans = [span for part in parts for span in (_GAP, *part)][1:]
    return tuple(replace(span, style=span.style | style) for span in spans)


def _whole(text: str) -> str:
    """The text as one word, which no row breaks."""
    return text.replace(" ", "\xa0")
