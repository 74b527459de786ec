"""Names that people give to videos, so that nobody has to remember an id."""

import re
import unicodedata
from enum import StrEnum

from bot.domain.command import OWN_WORDS
from bot.domain.errors import BadName
from bot.domain.lookalikes import alike, looks_alike

SHORTEST = 2
LONGEST = 40
MOST_TYPED = 400
"""Characters that are looked at: to compose marks takes the square of their number."""

_UUID = re.compile(r"(?i)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that nobody sees. Source: Unicode, Default_Ignorable_Code_Point."""


class Flaw(StrEnum):
    """Why a video cannot be called that."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    CHARACTERS = "characters"  # only letters of any language, digits, `-`, `_` and `.`
    LOOKS_LIKE_ID = "looks like an id"  # or like the number of a sequence
    OWN_WORD = "own word"
    LOOKS_ALIKE = "looks alike"  # it may be taken for a name in other letters
    ID = "an id"  # of a video that exists


def video_name(typed: str) -> str:
    """Returns the name as it is kept: plain characters, composed, with `-` for spaces.

    Source: The Unicode Standard, Annex #15 (NFKC): letters that are the same but for their width or
    font are one.

    Raises:
        BadName: a video cannot be called that.
    """
    if len(typed) > MOST_TYPED:
        raise BadName(typed=typed[:MOST_TYPED], reason=Flaw.TOO_LONG)
    # A point at the end is read as that of a sentence, wherever the name is typed.
    name = re.sub(r"\s+", "-", unicodedata.normalize("NFKC", typed).strip()).rstrip(".")
    flaw = _flaw(name)
    if flaw is not None:
        raise BadName(typed=typed, reason=flaw)
    return name


def folded(name: str) -> str:
    """Returns what two names share that are the same to people, whatever their case.

    Source: The Unicode Standard, D145 (canonical caseless matching); and letters that nobody can
    tell from each other are the same.
    """
    lower = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFC", alike(unicodedata.normalize("NFC", lower)))


def _flaw(name: str) -> Flaw | None:
    if len(name) < SHORTEST:
        return Flaw.TOO_SHORT
    if len(name) > LONGEST:
        return Flaw.TOO_LONG
    if not all(map(_allowed, name)) or not any(map(str.isalnum, name)):
        return Flaw.CHARACTERS
    if _UUID.search(name) or not any(map(str.isalpha, name)):
        return Flaw.LOOKS_LIKE_ID
    if looks_alike(name):
        return Flaw.LOOKS_ALIKE
    return Flaw.OWN_WORD if folded(name) in OWN_WORDS else None


def _allowed(character: str) -> bool:
    if character in "-_.":
        return True
    kind = unicodedata.category(character)
    # Marks too (Mn, Mc), as most scripts of India need them; Me only draws keys around digits.
    allowed = kind[0] == "L" or kind in {"Mn", "Mc", "Nd"}
    return allowed and not _UNSEEN.match(character)
