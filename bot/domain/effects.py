"""Effects: from the words people type to the names IACrea knows."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.closeness import nearest
from bot.domain.errors import UnknownEffect

CAMERA = (
    "CAMERA_PUSH_IN",
    "CAMERA_PUSH_OUT",
    "CAMERA_MOVE_RIGHT",
    "CAMERA_CRANE_UP",
    "CAMERA_ORBIT_LEFT",
)
AUTOMATIC = ("AUTO_EFFECTS", "AUTO_REVERSE")
DOCUMENTED = (*CAMERA, *AUTOMATIC)
"""API names. Source: IACrea's page on `animationType`."""

_LONGEST = 400
"""Characters; to take marks off letters takes the square of their number."""
_SLIP = 0.8
"""How alike a word is that has a letter too many, too few or in the wrong place."""
_AROUND = " \"'\u2018\u2019\u201c\u201d"
"""Quotation marks too, and the curly ones that editors put in their place."""


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects this bot knows: the documented ones and those named in the configuration.

    Attributes:
        names: the API names, in the order in which they are offered.
        spoken: what people call them, in every language, and the API name they mean by it.
    """

    names: tuple[str, ...]
    spoken: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def with_extra(
        cls, extra: Iterable[str] = (), spoken: Mapping[str, str] | None = None
    ) -> "Effects":
        """Returns the documented effects, then `extra` API names (IACREA_EFFECTS), each once."""
        return cls(tuple(dict.fromkeys([*DOCUMENTED, *extra])), spoken or {})

    def find(self, typed: str) -> str:
        """Returns the API name for what was typed: that name in any case, or its plain words.

        Raises:
            UnknownEffect: with the nearest effect, if one is near.
        """
        if typed in self.names:  # also one whose words are another's, as buttons carry it
            return typed
        if len(typed) > _LONGEST:
            raise UnknownEffect(typed=typed[:_LONGEST], nearest=None)
        words = self._words()
        wanted = plain(typed)
        if wanted in words:
            return words[wanted]
        raise UnknownEffect(typed=typed, nearest=next(iter(nearest(wanted, words, most=1)), None))

    def called(self, words: Iterable[str]) -> str | None:
        """Returns the effect that the first of those words mean that mean one, exactly."""
        known = self._words()
        return next((known[each] for word in words if (each := plain(word)) in known), None)

    def close(self, typed: str) -> str | None:
        """Returns the effect that was typed with a slip in it, if one was."""
        wanted = plain(typed[:_LONGEST])
        return next(iter(nearest(wanted, self._words(), most=1, alike=_SLIP)), None)

    def _words(self) -> dict[str, str]:
        """Maps words to the effect they mean; a documented effect keeps its own words."""
        known: dict[str, str] = {}
        for names in (DOCUMENTED, self.names):
            for name in names:
                known.setdefault(plain(name), name)
                known.setdefault(plain(name).removeprefix("camera "), name)
            for words, name in self.spoken.items():
                if name in names:
                    known.setdefault(plain(words), name)
        return known


def plain(typed: str) -> str:
    """Drops what people leave out: case, accents, quotation marks, the kind of gap."""
    letters = unicodedata.normalize("NFKD", re.sub(r"[\s_-]+", " ", typed).strip(_AROUND))
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()
