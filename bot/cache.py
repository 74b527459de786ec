"""Caches the newest values, as many as fit into a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_EACH = 200
"""Bytes that each value takes besides itself and its key."""


class Cache(Generic[Key, Value]):
    """A dictionary that forgets the oldest value when it holds too much.

    `size` returns roughly how many bytes a value takes; `most` is the limit for all together.
    """

    def __init__(self, size: Callable[[Value], int], *, most: int) -> None:
        self._size = size
        self._most = most
        self._held = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def __iter__(self) -> Iterator[Key]:
        """Yields the keys, the oldest first; a key may be forgotten meanwhile."""
        return iter(tuple(self._values))

    def get(self, key: Key) -> Value | None:
        """Returns the value, or None."""
        found = self._values.get(key)
        return None if found is None else found[0]

    def __setitem__(self, key: Key, value: Value) -> None:
        """Remembers a value as the newest, unless it is too large by itself."""
        self.forget(key)
        size = _EACH + len(str(key)) + self._size(value)
        self._values[key] = value, size
        self._held += size
        while self._held > self._most:
            self.forget(next(iter(self._values)))

    def forget(self, key: Key) -> None:
        """Forgets a value, if it is there."""
        _, size = self._values.pop(key, (None, 0))
        self._held -= size
