"""How long to wait before the next try."""


def backoff(tries: int, *, first: float, most: float) -> float:
    """Returns the seconds before the next try: `first`, then doubled each time, up to `most`."""
    return min(most, first * 2.0 ** min(tries, 16))
