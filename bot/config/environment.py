"""Reads the variables: those of the process's environment win over those of `.env`."""

import os
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from bot.config import dotenv
from bot.config.errors import ConfigError, InvalidSetting


class Environment(dict[str, str]):
    """The variables by name, and where each of them was set.

    Attributes:
        lines: of `.env`, by variable; 1 is the first.
        overruled: variables that `.env` sets and the process's environment sets otherwise.
    """

    def __init__(
        self,
        variables: Mapping[str, str],
        lines: Mapping[str, int],
        overruled: frozenset[str] = frozenset(),
    ) -> None:
        """Keeps copies."""
        super().__init__(variables)
        self.lines = dict(lines)
        self.overruled = overruled

    def in_file_alone(self, name: str) -> bool:
        """Returns whether `.env` sets that variable and the process's environment does not."""
        return name in self.lines and name not in self.overruled and name not in os.environ


def read_environment(cwd: Path) -> Environment:
    """Returns the variables of `.env` in `cwd`, if there is one, and of the environment over them.

    A blank variable of the environment counts as unset, since `docker run --env-file` makes one of
    each blank line. Nothing in `.env` is expanded, so that a `$` in a password stays one.

    Raises:
        ConfigError: `.env` cannot be read or understood.
    """
    values, lines = _dotenv(cwd / ".env")
    ours = {name: value for name, value in os.environ.items() if value.strip()}
    overruled = {name for name in values if ours.get(name, values[name]) != values[name]}
    return Environment({**values, **ours}, lines, frozenset(overruled))


def where(environ: Mapping[str, str], name: str) -> str:
    """Returns where a variable was set, for the end of a sentence; empty if not known."""
    if not isinstance(environ, Environment) or name not in environ.lines:
        return ""
    line = f"line {environ.lines[name]} of .env"
    if name in environ.overruled:
        return f"the environment, which wins over {line}"
    return line


def _dotenv(path: Path) -> tuple[dict[str, str], dict[str, int]]:
    try:
        text = dotenv.read(path)
    except dotenv.UnreadableError as error:
        raise ConfigError((InvalidSetting(".env", str(error)),)) from error
    # Not `dotenv_values`: it fills in each $NAME, and passes over what it does not understand.
    bindings = list(parse_stream(StringIO(text)))
    wrong = [binding.original.line for binding in bindings if binding.error]
    if wrong:
        text = "line {} is not understood; write NAME=value"
        raise ConfigError(tuple(InvalidSetting(".env", text.format(line)) for line in wrong))
    values = {binding.key: binding.value or "" for binding in bindings if binding.key}
    # The parser counts the blank lines above a binding as part of it.
    return values, {
        binding.key: binding.original.line + _blank_lines(binding.original.string)
        for binding in bindings
        if binding.key
    }


def _blank_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")
