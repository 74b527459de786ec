"""A small language for the shapes Slack accepts; it finds every fault, in Slack's words."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from sandbox.slack.not_simulated import NotSimulatedError

Check = Callable[[Any, str], Iterator[str]]
"""Takes a value and the JSON pointer to it; yields a sentence per fault."""


def fault(words: str, where: str) -> str:
    """Returns a fault as Slack words it in `response_metadata.messages`."""
    return f"[ERROR] {words} [json-pointer:{where}]"


def string(most: int, *, least: int = 1) -> Check:
    """Requires a string of `least` to `most` characters."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", where)
        elif len(value) > most:
            yield fault(f"must be less than {most + 1} characters", where)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", where)

    return check


def one_of(*allowed: str) -> Check:
    """Requires one of these words."""

    def check(value: Any, where: str) -> Iterator[str]:
        if value not in allowed:
            yield fault(f"must be one of: {', '.join(allowed)}", where)

    return check


def boolean(value: Any, where: str) -> Iterator[str]:
    """Requires true or false."""
    if not isinstance(value, bool):
        yield fault("must be a boolean", where)


def number(value: Any, where: str) -> Iterator[str]:
    """Requires a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        yield fault("must be an integer", where)


def anything(value: Any, where: str) -> Iterator[str]:
    """Takes anything, and does not look into it."""
    del value, where
    yield from ()


def items(each: Check, most: int, *, least: int = 1) -> Check:
    """Requires an array of `least` to `most` items."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", where)
            return
        if len(value) > most:
            yield fault(f"no more than {most} items allowed", where)
        if len(value) < least:
            yield fault(f"no fewer than {least} items allowed", where)
        for index, item in enumerate(value):
            yield from each(item, f"{where}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Requires an object with these fields and no others, besides its `type`."""
    fields = {**required, **(optional or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", where)
            return
        for name in required:
            if name not in value:
                yield fault(f"missing required field: {name}", where)
        for name, content in value.items():
            if name in fields:
                yield from fields[name](content, f"{where}/{name}")
            elif name != "type":
                yield fault(f"invalid additional property: {name}", where)

    return check


def by_type(shapes: Mapping[str, Check], *, beyond: Collection[str] = ()) -> Check:
    """Requires an object whose `type` says which of these shapes it has.

    Of a type that is `beyond` the simulator no fault is told: NotSimulatedError is raised.
    """

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", where)
            return
        kind = value.get("type")
        if isinstance(kind, str) and kind in shapes:
            yield from shapes[kind](value, where)
        elif kind in beyond:
            what = f"{kind} [json-pointer:{where}]"
            raise NotSimulatedError(what)
        else:
            yield fault(f"unsupported type: {kind}", f"{where}/type")

    return check


def both(*checks: Check) -> Check:
    """Requires all of these at once."""

    def check(value: Any, where: str) -> Iterator[str]:
        for each in checks:
            yield from each(value, where)

    return check


def exactly_one(*names: str) -> Check:
    """Requires an object that has one of these fields, and not two."""

    def check(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, dict) and sum(name in value for name in names) != 1:
            yield fault(f"must provide exactly one of: {', '.join(names)}", where)

    return check


def any_of(*names: str) -> Check:
    """Requires an object that has at least one of these fields."""

    def check(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, dict) and not any(name in value for name in names):
            yield fault(f"must provide one of: {', '.join(names)}", where)

    return check
