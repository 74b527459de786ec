"""Runs scripts in Redis; they get their keys and arguments by name."""

import functools
import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

from redis.asyncio import Redis

Keys = Mapping[str, str | list[str]]
"""Redis's keys, by what a script calls them."""

_READ = re.compile(r"\b(?:keys|given)\.(\w+)")


class Script:
    """A script of `scripts/`, whose first lines say what `keys` and `given` hold.

    Attributes:
        text: what Redis runs.
        sha: what Redis calls it.
    """

    def __init__(self, redis: Redis, name: str, *, timed: bool = False) -> None:
        """`timed` says that it goes by the time, so that `clock.lua` is put before it."""
        own = source(name)
        self.text = source("named") + (source("clock") if timed else "") + own
        self._names = frozenset(_READ.findall(own))
        self._script = redis.register_script(self.text)
        self.sha = self._script.sha

    async def __call__(self, keys: Keys, **given: Any) -> Any:
        """Runs the script and returns its answer."""
        names, argument = self.call(keys, given)
        return await self._script(keys=names, args=[argument])

    def call(self, keys: Keys, given: Mapping[str, Any]) -> tuple[list[str], str]:
        """Returns KEYS, and the one argument: JSON in which what is None is left out.

        Raises:
            TypeError: the script reads other names.
        """
        if (names := keys.keys() | given.keys()) != self._names:
            raise TypeError(f"given or read alone: {', '.join(sorted(names ^ self._names))}")
        flat = [each for key in keys.values() for each in ([key] if isinstance(key, str) else key)]
        known = {name: each for name, each in given.items() if each is not None}
        body = {"keys": dict(_places(keys)), **known}
        return flat, json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def _places(keys: Keys) -> Iterator[tuple[str, int | list[int]]]:
    """Returns the places in KEYS, from 1."""
    at = 1
    for name, key in keys.items():
        many = 1 if isinstance(key, str) else len(key)
        yield name, at if isinstance(key, str) else [*range(at, at + many)]
        at += many


@functools.cache  # most begin with the same two
def source(name: str) -> str:
    """Returns the text of `scripts/<name>.lua`."""
    return resources.files("bot.store").joinpath("scripts", f"{name}.lua").read_text("utf-8")
