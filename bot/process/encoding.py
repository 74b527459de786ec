"""Writes other words for what an ASCII terminal or an old locale has no characters for."""

import codecs

PLAIN = "plain"
"""The name to give as `errors=` wherever text is encoded."""

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
    """Returns other words for the characters, or else Python's escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(_INSTEAD.get(each) or ascii(each)[1:-1] for each in found), error.end


codecs.register_error(PLAIN, _plain)
