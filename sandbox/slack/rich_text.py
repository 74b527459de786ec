"""What somebody typed, as the `rich_text` block that Slack makes of it; pure.

Elements: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. People, channels, user
groups, links and broadcasts are told apart, and code blocks, quotes and bulleted lists. Styles and
emoji are not: their signs stand in the text.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from sandbox.slack.records import JSON

_ENTITY = re.compile(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>")


_FENCED = re.compile(r"```(.*?)```", re.DOTALL)
_BULLET, _QUOTE = "• ", "&gt;"


def rich_text(text: str, block_id: str) -> JSON:
    """Returns the block of a message's text, in which `&`, `<` and `>` are escaped."""
    return {"type": "rich_text", "block_id": block_id, "elements": list(_parts(text))}


def _parts(text: str) -> Iterator[JSON]:
    """Yields sections, quotes and lists; every other piece is what stands in a code block."""
    for number, piece in enumerate(_FENCED.split(text)):
        if number % 2:
            yield {
                "type": "rich_text_preformatted",
                "elements": list(_elements(piece)),
                "border": 0,
            }
        elif piece.strip() or len(text) == len(piece):
            for kind, lines in groupby(piece.strip("\n").split("\n"), _kind_of_line):
                yield _part(kind, list(lines))


def _kind_of_line(line: str) -> str:
    if line.startswith(_BULLET):
        return "rich_text_list"
    return "rich_text_quote" if line.startswith(_QUOTE) else "rich_text_section"


def _part(kind: str, lines: list[str]) -> JSON:
    if kind == "rich_text_list":
        items = [_part("rich_text_section", [each.removeprefix(_BULLET)]) for each in lines]
        return {"type": kind, "elements": items, "style": "bullet", "indent": 0, "border": 0}
    if kind == "rich_text_quote":
        lines = [each.removeprefix(_QUOTE).lstrip() for each in lines]
    return {"type": kind, "elements": list(_elements("\n".join(lines)))}


def _elements(text: str) -> Iterator[JSON]:
    done = 0
    for found in _ENTITY.finditer(text):
        yield from _literal(text[done : found.start()])
        yield _entity(found[1], found[2])
        done = found.end()
    yield from _literal(text[done:])


def _literal(text: str) -> Iterator[JSON]:
    if text:
        yield {"type": "text", "text": _unescaped(text)}


def _entity(target: str, label: str | None) -> JSON:
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target.partition("^")[2]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    link: JSON = {"type": "link", "url": _unescaped(target)}
    return link | ({"text": _unescaped(label)} if label else {})


def _unescaped(text: str) -> str:
    """Undoes Slack's escapes."""
    # The ampersand comes last: first, it would turn `&amp;lt;` into a new escape.
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
