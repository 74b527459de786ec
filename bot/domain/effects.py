"""Effects: from the words people type to the names IACrea knows."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.errors import UnknownEffect

_DOCUMENTED = {
    "CAMERA_PUSH_IN": ("push in", "zoom in"),
    "CAMERA_PUSH_OUT": ("push out", "zoom out"),
    "CAMERA_MOVE_RIGHT": ("move right",),
    "CAMERA_CRANE_UP": ("crane up", "move up"),
    "CAMERA_ORBIT_LEFT": ("orbit left", "rotate left"),
    "AUTO_EFFECTS": ("auto", "automatic", "auto effects"),
    "AUTO_REVERSE": ("auto reverse", "reverse"),
}
"""API names and what people call them. Source: IACrea's page on `animationType`."""

_AROUND = " \"'\u2018\u2019\u201c\u201d"
"""Quotation marks too, and the curly ones that editors put in their place."""


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects this bot knows: the documented ones and those named in the configuration.

    Attributes:
        names: the API names, in the order in which they are offered.
    """

    names: tuple[str, ...]

    @classmethod
    def with_extra(cls, extra: Iterable[str] = ()) -> "Effects":
        """The documented effects, then `extra` API names (IACREA_EFFECTS), each once."""
        return cls(tuple(dict.fromkeys([*_DOCUMENTED, *extra])))

    def find(self, typed: str) -> str:
        """The API name for what was typed: that name in any case, or its plain words.

        Raises:
            UnknownEffect: with the nearest effect, if one is near.
        """
        words = self._words()
        wanted = _plain(typed)
        if wanted in words:
            return words[wanted]
        near = difflib.get_close_matches(wanted, words, n=1, cutoff=0.6)
        raise UnknownEffect(typed=typed, nearest=words[near[0]] if near else None)

    def _words(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for name in self.names:
            known.setdefault(_plain(name), name)
            known.setdefault(_plain(name).removeprefix("camera "), name)
            for words in _DOCUMENTED.get(name, ()):
                known.setdefault(words, name)
        return known


def in_words(name: str) -> str:
    """An API name as people say it: `CAMERA_PUSH_OUT` becomes `push out`."""
    if name in _DOCUMENTED:
        return _DOCUMENTED[name][0]
    return _plain(name).removeprefix("camera ") or name


def also_called(name: str) -> tuple[str, ...]:
    """The other plain words under which a documented effect is understood."""
    return _DOCUMENTED.get(name, ())[1:]


def _plain(typed: str) -> str:
    return re.sub(r"[\s_-]+", " ", typed).strip(_AROUND).casefold()
