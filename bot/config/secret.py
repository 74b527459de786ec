"""A value that must not be seen by accident."""

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A value that shows itself to `reveal()` alone: not in repr, str, format or pickle."""

    _value: str

    def reveal(self) -> str:
        """Returns the value itself; never log or show it."""
        return self._value

    def __repr__(self) -> str:
        """Says that there is one, not which."""
        return "Secret(hidden)"

    def __format__(self, spec: str) -> str:
        """Formats the repr, so that no f-string shows the value."""
        return format(repr(self), spec)

    def __reduce__(self) -> NoReturn:
        """Refuses to be pickled or copied.

        Raises:
            TypeError: always.
        """
        raise TypeError("a Secret is neither pickled nor copied")
