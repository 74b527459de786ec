"""Slack's mrkdwn as a tree of nodes, which a page shows without ever making HTML of it; pure.

Source: https://docs.slack.dev/messaging/formatting-message-text. A node is a JSON object; `is`
names its kind, `of` holds nodes, `text` is literal.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import emoji

Node = dict[str, Any]

_FENCED = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTED = re.compile(r"(?m)(?:^(?:&gt;|>) ?.*(?:\n|\Z))+")
_QUOTE_MARK = re.compile(r"(?m)^(?:&gt;|>) ?")
_MARKUP = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<link>[^<>\n]+)>"
    r"|(?<!\w)\*(?P<bold>[^\s*]|[^\s*][^*\n]*[^\s*])\*(?!\w)"
    r"|(?<!\w)_(?P<italic>[^\s_]|[^\s_][^_\n]*[^\s_])_(?!\w)"
    r"|(?<!\w)~(?P<strike>[^\s~]|[^\s~][^~\n]*[^\s~])~(?!\w)"
)
_LINK = re.compile(r"<([^<>\n]+)>")
_DATE = re.compile(r"!date\^(?P<at>\d{1,12})\^(?P<format>[^^]+)(?:\^(?P<href>.+))?")


def nodes(text: str) -> list[Node]:
    """Reads a mrkdwn text: code between fences first, then quoted lines, then the rest."""
    found: list[Node] = []
    for index, part in enumerate(_FENCED.split(text)):
        if index % 2:
            found.append({"is": "pre", "text": unescaped(part)})
        else:
            found.extend(_paragraphs(part))
    return found


def typed(text: str, names: Mapping[str, str]) -> str:
    """Returns a person's message as they typed it; `names` has everybody's, by id."""

    def words(link: re.Match[str]) -> str:
        target, _, label = link[1].partition("|")
        match target[:1]:
            case "@":
                return f"@{names.get(target[1:], target[1:])}"
            case "#":
                return f"#{label}"
            case _:
                return target

    return unescaped(_LINK.sub(words, text))


def emojized(text: str) -> str:
    """Returns the text with `:tada:` and the like replaced; unknown names stay as they are."""
    return emoji.emojize(text, language="alias")


def unescaped(text: str) -> str:
    """Undoes the three escapes of Slack's."""
    # The ampersand comes last: first, it would turn `&amp;lt;` into a new escape.
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _paragraphs(text: str) -> Iterator[Node]:
    done = 0
    for quote in _QUOTED.finditer(text):
        yield from _inline(text[done : quote.start()])
        inner = _QUOTE_MARK.sub("", quote[0]).removesuffix("\n")
        yield {"is": "quote", "of": list(_inline(inner))}
        done = quote.end()
    yield from _inline(text[done:])


def _inline(text: str) -> Iterator[Node]:
    done = 0
    for found in _MARKUP.finditer(text):
        yield from _literal(text[done : found.start()])
        done = found.end()
        kind = str(found.lastgroup)
        inner = str(found[kind])
        if kind == "code":
            yield {"is": "code", "text": unescaped(inner)}
        elif kind == "link":
            yield _link(inner)
        else:
            yield {"is": kind, "of": list(_inline(inner))}
    yield from _literal(text[done:])


def _literal(text: str) -> Iterator[Node]:
    if text:
        yield {"is": "text", "text": emojized(unescaped(text))}


def _link(inner: str) -> Node:
    """Reads a person `@U1`, a channel `#C1`, `!here`, a date or an address, perhaps `|labelled`."""
    target, _, label = inner.partition("|")
    match target[:1]:
        case "@":
            return {"is": "user", "id": target[1:]}
        case "#":
            return {"is": "channel", "id": target[1:]}
        case "!":
            return _special(target, unescaped(label))
        case _:
            shown = label or target.removeprefix("mailto:")
            return {"is": "link", "href": unescaped(target), "of": list(_literal(shown))}


def _special(target: str, label: str) -> Node:
    date = _DATE.fullmatch(target)
    if date is None:
        return {"is": "broadcast", "name": label.removeprefix("@") or target[1:]}
    href = date["href"]
    return {
        "is": "date",
        "at": int(date["at"]),
        "format": unescaped(date["format"]),
        "href": unescaped(href) if href else None,
        "else": label,
    }
