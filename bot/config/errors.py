"""Says what is wrong with the configuration, a line for each problem."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvalidSetting:
    """One thing that is wrong.

    Attributes:
        variable: whose value it is, or `.env` for the file itself.
        text: what is wrong and what to do instead; no secrets.
        where: where that value was set, such as `line 3 of .env`; empty where that is not known.
    """

    variable: str
    text: str
    where: str = ""

    def __str__(self) -> str:
        """Returns one line, `VARIABLE: what is wrong; what to do (where it was set)`."""
        place = f" ({self.where})" if self.where else ""
        return f"{self.variable}: {self.text}{place}"


class ConfigError(Exception):
    """The configuration is wrong.

    Attributes:
        invalid: everything that is wrong, not only the first.
    """

    def __init__(self, invalid: tuple[InvalidSetting, ...]) -> None:
        """Keeps what is wrong; as text it is one line for each."""
        super().__init__("\n".join(map(str, invalid)))
        self.invalid = invalid
