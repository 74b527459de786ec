"""Styled text for a terminal: spans, how wide they are, where they break, how they are painted."""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto

_EMOJI_STYLE = "\ufe0f"  # asks for the emoji, two cells wide, of a character that is also a letter
_INVISIBLE = {"Mn", "Me", "Cf"}
_PIECES = re.compile(" +|[^ ]+")


class Style(Flag):
    """How a span looks; styles add up."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    STRUCK = auto()
    DIM = auto()
    CODE = auto()
    LINK = auto()
    MENTION = auto()
    PRIMARY = auto()


# Select Graphic Rendition, ECMA-48 section 8.3.117. Only the terminal's own sixteen colours, which
# its owner has chosen to be readable.
_SGR = {
    Style.BOLD: "1",
    Style.DIM: "2",
    Style.ITALIC: "3",
    Style.STRUCK: "9",
    Style.CODE: "35",
    Style.LINK: "4;34",
    Style.MENTION: "34",
    Style.PRIMARY: "32",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style. A no-break space in it becomes a space that does not break."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Span, ...]


def cells(text: str) -> int:
    """How many cells of a terminal the text takes: two for emoji and for East Asian letters."""
    return sum(_cells(character) for character in text)


def width(line: Line) -> int:
    """How many cells a line takes."""
    return sum(cells(span.text) for span in line)


def wrap(line: Line, most: int) -> list[Line]:
    """The line in rows of at most `most` cells, broken at spaces; longer words stand alone."""
    rows: list[Line] = []
    row: Line = ()
    gap: Line = ()
    for blank, word in _words(line):
        if blank:
            gap = word
        elif not row:
            row = word
        elif width(row + gap + word) > most:
            rows.append(row)
            row = word
        else:
            row += gap + word
    return [*rows, row]


def paint(line: Line, *, colour: bool) -> str:
    """The line as it is written to a terminal, with escape sequences if `colour`."""
    runs = (
        (style, "".join(span.text for span in spans))
        for style, spans in itertools.groupby(line, lambda span: span.style)
    )
    painted = "".join(_painted(text, style) if colour else text for style, text in runs)
    return painted.replace("\xa0", " ").rstrip(" ")


def _cells(character: str) -> int:
    if character == _EMOJI_STYLE:
        return 1
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _words(line: Line) -> Iterator[tuple[bool, Line]]:
    """Words and the blanks between them; a word goes on where only the style changes."""
    pieces = (Span(piece, span.style) for span in line for piece in _PIECES.findall(span.text))
    for blank, group in itertools.groupby(pieces, lambda piece: piece.text.startswith(" ")):
        yield blank, tuple(group)


def _painted(text: str, style: Style) -> str:
    codes = ";".join(code for part, code in _SGR.items() if part in style)
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text
