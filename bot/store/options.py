"""The options that a Redis URL may have. What the store relies on is not among them.

redis-py takes any keyword of its connections from there: an unknown one ends the first command with
a TypeError, and `socket_timeout` or `retry_on_timeout` would have commands sent twice.
"""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from redis.asyncio import Connection, SSLConnection
from redis.asyncio.connection import AbstractConnection, parse_url

_NUMBER = re.compile(r"[0-9]{1,5}")
_SHOWABLE = re.compile(r"[a-z]+(?:_[a-z]+)+")
"""What cannot be a piece of a password whose special characters were not written as %XX."""
_OF_REDIS_PY = frozenset(
    name
    for kind in (AbstractConnection, Connection, SSLConnection)
    for name in inspect.signature(kind).parameters
)
"""Nor can these, such as `protocol`."""


def _text(value: str) -> str | None:
    return None if value else "has no value"


def _number(value: str) -> str | None:
    return None if _NUMBER.fullmatch(value) else "is no number of a database, such as 0"


def _file(value: str) -> str | None:
    try:
        with Path(value).open("rb"):
            return None
    except OSError as error:
        return f"names a file that cannot be read ({error.strerror})"


def _directory(value: str) -> str | None:
    return None if Path(value).is_dir() else "names no directory"


def _switch(value: str) -> str | None:
    return None if value.lower() in {"true", "false"} else "is true or false"


def _demand(value: str) -> str | None:
    return None if value in {"none", "optional", "required"} else "is none, optional or required"


Check = Callable[[str], str | None]
_ANY: dict[str, Check] = {
    "db": _number,
    "username": _text,
    "password": _text,
    "client_name": _text,
}
_TLS: dict[str, Check] = {
    "ssl_ca_certs": _file,
    "ssl_ca_path": _directory,
    "ssl_certfile": _file,
    "ssl_keyfile": _file,
    "ssl_password": _text,
    "ssl_check_hostname": _switch,
    "ssl_cert_reqs": _demand,
}
_SENTINEL: dict[str, Check] = {"sentinel_username": _text, "sentinel_password": _text}


def wrong_options(url: str) -> list[str]:
    """Everything that is wrong with the options of a Redis URL, a sentence each, without values."""
    parts = urlsplit(url)
    known = dict(_ANY)
    if parts.scheme.startswith("rediss"):
        known |= _TLS
    if parts.scheme.endswith("sentinel"):
        known |= _SENTINEL
    asked = parse_qsl(parts.query, keep_blank_values=True)
    found = [*_of_the_path(parts, asked)]
    names = [name for name, _ in asked]
    found += [f"{name} stands there twice" for name in known if names.count(name) > 1]
    for place, (name, value) in enumerate(asked, start=1):
        if name not in known:
            found.append(_unknown(name, place, known))
        elif (wrong := known[name](value)) is not None:
            found.append(f"{name} {wrong}")
    return found or _of_the_certificates(parts)


def of_tls(query: str) -> dict[str, Any]:
    """Those for TLS, in redis-py's types."""
    read = parse_url(f"rediss://host/?{query}").items()
    return {name: value for name, value in read if name.startswith("ssl_")}


def _of_the_path(parts: SplitResult, asked: list[tuple[str, str]]) -> list[str]:
    found = []
    database = parts.path.strip("/")
    if parts.fragment:
        found.append("ends in #…, which no Redis URL has; write # in a password as %23")
    if parts.scheme in {"redis", "rediss"} and database:
        if not _NUMBER.fullmatch(database):
            found.append("names no number of a database behind the host; write it as /0")
        elif "db" in dict(asked):
            found.append("db stands there twice: behind the host, and as an option")
    return found


def _unknown(name: str, place: int, known: dict[str, Check]) -> str:
    if name in _TLS:
        return f"{name} is for TLS; begin the URL with rediss"
    if name in _SENTINEL:
        return f"{name} is for Sentinels; begin the URL with redis+sentinel"
    public = name in _OF_REDIS_PY or _SHOWABLE.fullmatch(name)
    shown = name if public else f"option {place} (not shown, it may be a piece of a password)"
    return f"{shown} is not known here; leave it out, the options are {', '.join(known)}"


def _of_the_certificates(parts: SplitResult) -> list[str]:
    """What they are refused for where each file is there."""
    if not parts.scheme.startswith("rediss"):
        return []
    options = of_tls(parts.query)
    try:
        SSLConnection(**options).ssl_context.get()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return [f"{' and '.join(options)} cannot be used together with TLS ({why})"]
    return []
