"""Which names look like others that are written in other letters.

Source: Unicode Technical Standard #39, «Security Mechanisms»: its «Highly Restrictive» level (5.2)
and whole-script confusables (4.1), for the scripts in everyday use (UAX #31, table 5).
"""

import re
import unicodedata

_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
"""Scripts that are written side by side; no others may be."""
_EVERYDAY = frozenset(
    [
        "ARABIC",
        "ARMENIAN",
        "BENGALI",
        "BOPOMOFO",
        "CJK",
        "CYRILLIC",
        "DEVANAGARI",
        "ETHIOPIC",
        "GEORGIAN",
        "GREEK",
        "GUJARATI",
        "GURMUKHI",
        "HANGUL",
        "HEBREW",
        "HIRAGANA",
        "KANNADA",
        "KATAKANA",
        "KHMER",
        "LAO",
        "LATIN",
        "MALAYALAM",
        "MYANMAR",
        "ORIYA",
        "SINHALA",
        "TAMIL",
        "TELUGU",
        "THAANA",
        "THAI",
        "TIBETAN",
    ]
)
_ALSO = {"EXTENDED": "ARABIC", "IDEOGRAPHIC": "CJK", "COMBINING": ""}
"""Scripts of characters whose names begin with another word."""
_LIKE_LATIN = frozenset(
    "аеосрхуіјѕԁԛԝһӏѵѡьАВЕЅІЈКМНОРСТУХԚԜҺѴӀЬαογικνρυχωηϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϿօսոցհզյլքՕՍԼՏ"
)
_TECHNICAL = re.compile(
    "[\u01c0-\u01c3\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]"
)
"""Latin letters of phonetics, many of which look like plain ones."""
_WRITTEN = frozenset("ɓɖɗɔəɛɲʊ")
"""Those of them that languages are written with, and that look like no other."""
_HIDDEN = re.compile("[\u0334-\u0338]|[ij]\u0307|([\u0300-\u036f])\\1")
"""Marks that strike a letter through, or cannot be seen on it or on themselves. Source: UTS #39,
5.4, «Hidden overlays»."""
_SAME = str.maketrans(
    "ıロニエカトタハーヘ",
    "i口二工力卜夕八一へ",
)


def looks_alike(name: str) -> bool:
    """Whether a name, composed, may be taken for one in other letters."""
    scripts = {_script(each) for each in name if not each.isascii()}
    scripts |= {"LATIN"} if any(each.isascii() and each.isalpha() for each in name) else set()
    scripts.discard("")
    if not scripts <= _EVERYDAY or _HIDDEN.search(name):
        return True
    if len(scripts) > 1 and not any(scripts <= each for each in _TOGETHER):
        return True
    if any(_TECHNICAL.match(each) and each not in _WRITTEN for each in name):
        return True
    letters = [each for each in unicodedata.normalize("NFD", name) if each.isalpha()]
    return all(each in _LIKE_LATIN for each in letters)


def alike(name: str) -> str:
    """Returns the name with the letters put together that cannot be told from each other."""
    return name.replace("i\u0307", "i").translate(_SAME)


def _script(character: str) -> str:
    """Returns the script of a letter, mark or digit; empty for marks that all scripts share."""
    first = re.split("[ -]", unicodedata.name(character, "UNNAMED"), maxsplit=1)[0]
    return _ALSO.get(first, first)
