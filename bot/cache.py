"""A cache of bounded size: it keeps the newest, as much as fits into a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_EACH = 200
"""Bytes for keeping a thing at all, besides its key."""


class Cache(Generic[Key, Value]):
    """A dictionary that forgets the oldest when it holds too much.

    `size` tells how much memory a value takes, in bytes, roughly; `most` is for all together.
    """

    def __init__(self, size: Callable[[Value], int], *, most: int) -> None:
        self._size = size
        self._most = most
        self._held = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def __iter__(self) -> Iterator[Key]:
        """What is remembered, the oldest first; it may be forgotten meanwhile."""
        return iter(tuple(self._values))

    def get(self, key: Key) -> Value | None:
        """What is remembered, or None."""
        found = self._values.get(key)
        return None if found is None else found[0]

    def __setitem__(self, key: Key, value: Value) -> None:
        """Remembers it as the newest; what is too large by itself is not."""
        self.forget(key)
        size = _EACH + len(str(key)) + self._size(value)
        self._values[key] = value, size
        self._held += size
        while self._held > self._most:
            self.forget(next(iter(self._values)))

    def forget(self, key: Key) -> None:
        """Forgets it, where it is remembered."""
        _, size = self._values.pop(key, (None, 0))
        self._held -= size
