"""Writes other words for what an ASCII terminal or an old locale has no characters for."""

import codecs

PLAIN = "plain"
"""Names the way for `errors=`, wherever text is encoded."""

_INSTEAD = {
    "✓": "ok",
    "✗": "X",
    "·": ".",
    "…": "...",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "’": "'",
    "–": "-",
    "—": "-",
    "↳": "->",
    "\N{NO-BREAK SPACE}": " ",
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Says the characters in other words, or else as Python escapes them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(_INSTEAD.get(each) or ascii(each)[1:-1] for each in found), error.end


codecs.register_error(PLAIN, _plain)
