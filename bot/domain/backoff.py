"""How long to wait before the next try."""


def backoff(tries: int, *, first: float, most: float) -> float:
    """Seconds before the next try: `first`, then twice as long each time, `most` at the most."""
    return min(most, first * 2.0 ** min(tries, 16))
