"""What people and their keyboards put around the words of a command, taken away."""

import re

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Characters without a width. Source: Unicode, general category Cf."""
_QUOTES = "\"'`\u00ab\u00b4\u00bb\u2018-\u201f\u2032\u2033\u2039\u203a\u300c-\u300f\uff02\uff07"
"""Quotation marks of all kinds, what stands for them, and the backticks of code."""
_BEFORE = re.compile(rf"(?<!\S)[{_QUOTES}]+")
_AFTER = re.compile(rf"(?<![{_QUOTES}.,;:!\u2026])[{_QUOTES}.,;:!\u2026]+(?!\S)")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
_SPACED = re.compile(r"(?<!\S)((?:\d{1,3}[,-])*\d{1,3})\s*([,-])\s*(?=\d)")
"""Positions whose list or range goes on behind a gap: `2, 4 - 6`. Whole words alone, so that an id
that ends in a digit is none."""


def tidied(typed: str) -> str:
    """Returns the words alone, with one blank between two and `-` for every dash.

    Links keep what is in them; Slack's angle brackets keep theirs together. No id, no name and no
    effect has what is taken away here.
    """
    words = _BEFORE.sub("", _UNSEEN.sub("", typed)).split()
    plain = " ".join(each if "/" in each else each.translate(_DASHES) for each in words)
    return _AFTER.sub("", _SPACED.sub(r"\1\2", plain)).strip()
