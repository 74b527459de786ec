"""What somebody may have meant by a word that nothing is called."""

import difflib
from collections.abc import Mapping
from typing import TypeVar

from bot.domain.names import folded
from bot.domain.video import VideoId

MOST_OFFERED = 3
_LONGEST = 100
"""Characters of a word that are compared; no name and no id is longer."""
_ALIKE = 0.6
_IDS_ALIKE = 0.8
"""Two ids that have nothing to do with each other share half of their digits."""

Value = TypeVar("Value")


def nearest(
    wanted: str, known: Mapping[str, Value], *, most: int, alike: float = _ALIKE
) -> list[Value]:
    """Returns what is spelled alike, the nearest first; where `alike` is 1, only the same."""
    near = difflib.get_close_matches(wanted, known, n=most, cutoff=alike)
    return [known[each] for each in near]


def videos_alike(typed: str, names: Mapping[VideoId, str | None]) -> dict[VideoId, str | None]:
    """Returns those of the videos, with their names, whose name or id is close to what was typed.

    At most `MOST_OFFERED`; that very id is none of them.
    """
    if len(typed) > _LONGEST:
        return {}
    by_name = {folded(name): video for video, name in names.items() if name}
    by_id: dict[str, VideoId] = {str(video): video for video in names}
    found = [
        *nearest(folded(typed), by_name, most=MOST_OFFERED),
        *nearest(typed, by_id, most=MOST_OFFERED, alike=_IDS_ALIKE),
    ]
    others = [each for each in dict.fromkeys(found) if each != typed]
    return {each: names[each] for each in others[:MOST_OFFERED]}
