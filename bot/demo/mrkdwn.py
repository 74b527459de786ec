"""Slack's mrkdwn as styled lines.

Source: docs.slack.dev/messaging/formatting-message-text.
"""

import re
from collections.abc import Iterator, Mapping

from bot.demo.styled import Line, Span, Style

_MARKUP = re.compile(
    r"`(?P<CODE>[^`]+)`"
    r"|<(?P<LINK>[^<>]+)>"
    r"|(?<!\w)\*(?P<BOLD>\S|\S[^*]*\S)\*(?!\w)"
    r"|(?<!\w)_(?P<ITALIC>\S|\S[^_]*\S)_(?!\w)"
    r"|(?<!\w)~(?P<STRUCK>\S|\S[^~]*\S)~(?!\w)"
)


def lines(text: str, names: Mapping[str, str]) -> list[Line]:
    """The text as lines.

    Args:
        text: mrkdwn, or the top-level text of a message.
        names: what stands for the id of a person or channel: `@anna`, `#listings`.
    """
    return [tuple(_spans(line, names, Style.PLAIN)) for line in text.split("\n")]


def _spans(text: str, names: Mapping[str, str], style: Style) -> Iterator[Span]:
    done = 0
    for found in _MARKUP.finditer(text):
        yield from _plain(text[done : found.start()], style)
        done = found.end()
        kind, inner = str(found.lastgroup), str(found[str(found.lastgroup)])
        if kind == "CODE":
            yield from _plain(inner, style | Style.CODE)
        elif kind == "LINK":
            yield _link(inner, names, style)
        else:
            yield from _spans(inner, names, style | Style[kind])
    yield from _plain(text[done:], style)


def _plain(text: str, style: Style) -> Iterator[Span]:
    if text:
        yield Span(_unescaped(text), style)


def _link(inner: str, names: Mapping[str, str], style: Style) -> Span:
    """A person `@U1`, a channel `#C1`, `!here` or an address, each perhaps with a `|label`."""
    target, _, label = inner.partition("|")
    if target[0] in "@#":
        name = f"{target[0]}{label}" if label else target
        return Span(_unescaped(names.get(target[1:], name)), style | Style.MENTION)
    if target[0] == "!":
        return Span(_unescaped(label or f"@{target[1:]}"), style | Style.MENTION)
    return Span(_unescaped(label or target), style | Style.LINK)


def _unescaped(text: str) -> str:
    """Slack escapes these three and no others; the ampersand comes last, lest it make new ones."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
