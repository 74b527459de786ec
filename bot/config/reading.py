"""How a setting is declared, and how all that are declared are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field
from typing import Any, TypeVar, cast, overload

from bot.config import network, values
from bot.config.environment import where
from bot.config.errors import InvalidSetting
from bot.network import no_proxy

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is declared of one setting.

    Attributes:
        parse: makes its value of a text that is not blank, or raises `WrongValueError`.
        default: its value where it is blank, or what makes one of the environment.
        help: one line for whoever sets it.
        missing: what to do where a required one is blank; empty for one that is optional.
    """

    parse: Callable[[str], Any]
    default: Any
    help: str
    missing: str


@overload
def setting(
    parse: Callable[[str], T], default: Callable[[Mapping[str, str]], D], text: str
) -> T | D: ...
@overload
def setting(parse: Callable[[str], T], default: D, text: str, *, missing: str = "") -> T | D: ...
def setting(parse: Callable[[str], Any], default: Any, text: str, *, missing: str = "") -> Any:
    """Declares a field of `Config` as a setting."""
    # As `dataclasses.field` does, this claims to be the value, so that mypy compares the types.
    return field(metadata={Setting: Setting(parse, default, text, missing)})


def declared(field: Field[Any]) -> Setting:
    """Returns what is declared of a field."""
    return cast("Setting", field.metadata[Setting])


class Reader:
    """Reads setting after setting; a wrong one does not end it, so that all are found."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Reads nothing yet but the hosts that are reached without a proxy."""
        self._environ = environ
        self._values = {name: value.strip() for name, value in environ.items()}
        self.invalid: list[InvalidSetting] = []
        around = self._values.get(network.spelled(environ, "NO_PROXY"), "")
        self._unused = network.unused(environ, no_proxy(around))

    def field(self, field: Field[Any]) -> Any:
        """Returns the value of a field; where it is wrong, notes that and returns its default."""
        name, each = field.name.upper(), declared(field)
        default = each.default(self._environ) if callable(each.default) else each.default
        # A proxy that nothing goes through may be of any kind, such as SOCKS for other programs.
        if name in self._unused:
            return default
        if name in network.EITHER_CASE:
            name = network.spelled(self._environ, name)
        text = self._values.get(name)
        if not text:
            if each.missing:
                self._note(name, f"is missing; {each.missing}")
            return default
        try:
            return each.parse(text)
        except values.WrongValueError as wrong:
            # Of a Redis URL each wrong option is said by itself.
            for what in wrong.args:
                self._note(name, what)
            return default

    def need_one_of(self, name: str, other: str) -> None:
        """Notes where neither way to Slack is set."""
        if not self._values.get(name) and not self._values.get(other):
            text = f"is missing; set it (xapp-…) for Socket Mode, or {other} for HTTP mode"
            self._note(name, text)

    def need_tls(self, in_the_clear: Iterable[tuple[str, str]], allowed: tuple[str, ...]) -> None:
        """Notes each variable that sends secrets in the clear to a host that is not allowed."""
        for name, host in in_the_clear:
            if not {host, "*"} & {*allowed}:
                text = (
                    f"would send secrets in the clear to {host}; use TLS, or name that host in "
                    "ALLOW_PLAINTEXT if nobody else can listen on the way"
                )
                self._note(name, text)

    def _note(self, name: str, text: str) -> None:
        self.invalid.append(InvalidSetting(name, text, where(self._environ, name)))
