"""What somebody typed, as the `rich_text` block that Slack makes of it; pure.

Elements: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. People, channels, user
groups, links and broadcasts are told apart. Lists, quotes, styles and emoji are not: their signs
stand in the text.
"""

import re
from collections.abc import Iterator

from sandbox.slack.records import JSON

_ENTITY = re.compile(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>")


def rich_text(text: str, block_id: str) -> JSON:
    """Returns the block of a message's text, in which `&`, `<` and `>` are escaped."""
    section = {"type": "rich_text_section", "elements": list(_elements(text))}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


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
