"""Positions in a storyboard, as people write them."""

from collections.abc import Iterable


def runs(positions: Iterable[int]) -> list[str]:
    """Returns the positions in order, those in a row together: `2`, `4-6`."""
    found: list[tuple[int, int]] = []
    for each in sorted(set(positions)):
        if found and found[-1][1] == each - 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def typed(positions: Iterable[int]) -> str:
    """Returns the positions as the command understands them: `2,4-6`."""
    return ",".join(runs(positions))


def mask(positions: Iterable[int]) -> str:
    """Packs the positions into a hexadecimal number with one bit for each."""
    return f"{sum(1 << each for each in set(positions)):x}"


def unmasked(text: str) -> tuple[int, ...]:
    """Returns the positions of such a number, in order.

    Raises:
        ValueError: it is none.
    """
    bits = int(text, 16) if text else 0
    return tuple(each for each in range(bits.bit_length()) if bits >> each & 1)
