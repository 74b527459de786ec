"""Rooms: what IACrea says a sequence shows, what people call that, and the sequence they mean."""

from collections.abc import Iterable, Sequence

from bot.domain.effects import plain
from bot.domain.video import Sequence as Shown

Numbered = tuple[int, Shown]
"""A sequence with its position."""

SPOKEN = {
    "LIVING_ROOM": ("living room", "lounge", "living", "salon", "séjour"),
    "BEDROOM": ("bedroom", "chambre"),
    "BATHROOM": ("bathroom", "bath", "salle de bain", "salle de bains"),
    "SHOWEROOM": ("shower room", "shower", "salle d'eau", "douche"),
    "HOME_OFFICE": ("home office", "office", "study", "bureau"),
    "EMPTY": ("empty room", "empty", "pièce vide", "vide"),
    "VERANDA": ("veranda", "véranda"),
    "KITCHEN": ("kitchen", "cuisine"),
    "DINING_ROOM": ("dining room", "salle à manger"),
    "DINING": ("dining room", "dining", "salle à manger"),
    "KIDS_ROOM": ("kids room", "children's room", "chambre d'enfant"),
    "KIDS": ("kids room", "kids", "chambre d'enfant"),
    "OUTDOOR": ("outdoor", "outside", "extérieur"),
}
"""What people may type for each category, in every language. Source of the categories: `room_type`
on IACrea's pages on renovation and furnishing, spelled as there; those of its auto videos are not
listed anywhere."""
_MEANT = {category: {plain(category), *map(plain, words)} for category, words in SPOKEN.items()}
_EVERY = frozenset().union(*_MEANT.values())


def called(typed: str, sequences: Iterable[Numbered]) -> list[Numbered]:
    """Returns the sequences that are called that; a name given by hand wins over a category."""
    known, word = list(sequences), plain(typed)
    named = [(n, each) for n, each in known if each.called and plain(each.called) == word]
    return named or [(n, each) for n, each in known if not each.called and _shows(each, word)]


def is_known(typed: str) -> bool:
    """Returns whether the words are what people call a room, in any language."""
    return plain(typed) in _EVERY


def leading(typed: str, sequences: Sequence[Numbered]) -> str:
    """Returns the longest beginning of those words, but not all, by which a sequence is called."""
    words = typed.split()
    heads = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return next((head for head in heads if called(head, sequences)), "")


def _shows(sequence: Shown, word: str) -> bool:
    category = (sequence.category or "").strip().upper()
    return bool(category) and word in _MEANT.get(category, {plain(category)})
