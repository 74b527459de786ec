"""What can be wrong with the name of a sequence, with those that may be meant."""

from dataclasses import dataclass

from bot.domain.errors import UserError


@dataclass(unsafe_hash=True)
class WhichSequence(UserError):
    """It is not clear which sequence is meant by what was typed.

    Attributes:
        several: are called that; else none is.
        ids, positions, rooms: those that may be meant; of each a room, empty where it has none.
    """

    asked: str
    several: bool = False
    ids: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    rooms: tuple[str, ...] = ()
