"""Knows the options that a Redis URL may have, without those that the store sets itself.

redis-py takes any keyword of its connections from there: an unknown one ends the first command with
a TypeError, and `socket_timeout` or `retry_on_timeout` would have commands sent twice.
"""

import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlsplit

_NUMBER = re.compile(r"[0-9]{1,5}")
_SHOWABLE = re.compile(r"[a-z]+(?:_[a-z]+)+")
"""Option names that cannot be a piece of a password with special characters not written as %XX."""
_OF_REDIS_PY = frozenset({"db", "encoding", "host", "kwargs", "password"})
_OF_REDIS_PY |= {"path", "port", "protocol", "retry", "username"}
"""Nor can these of redis-py's connections, which have no underscore."""


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
    """Returns what is wrong with the options of a Redis URL, a sentence each, without values."""
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
    """Returns those for TLS, in redis-py's types."""
    return {
        name: each[0].lower() == "true" if _TLS.get(name) is _switch else each[0]
        for name, each in parse_qs(query).items()
        if name.startswith("ssl_")
    }


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


def is_public(name: str) -> bool:
    """Returns whether an option's name may be shown: it cannot be a piece of a password."""
    return name in _OF_REDIS_PY or _SHOWABLE.fullmatch(name) is not None


def _unknown(name: str, place: int, known: dict[str, Check]) -> str:
    if name in _TLS:
        return f"{name} is for TLS; begin the URL with rediss"
    if name in _SENTINEL:
        return f"{name} is for Sentinels; begin the URL with redis+sentinel"
    shown = (
        name if is_public(name) else f"option {place} (not shown, it may be a piece of a password)"
    )
    return f"{shown} is not known here; leave it out, the options are {', '.join(known)}"


def _of_the_certificates(parts: SplitResult) -> list[str]:
    """Returns why the certificates are refused, once each file is there."""
    if not parts.scheme.startswith("rediss"):
        return []
    options = of_tls(parts.query)
    try:
        _load(options)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return [f"{' and '.join(options)} cannot be used together with TLS ({why})"]
    return []


def _load(options: dict[str, Any]) -> None:
    """Loads the certificates in the order in which redis-py does at its first connection."""
    context = ssl.create_default_context()
    demand = options.get("ssl_cert_reqs", "required")
    # Python refuses to switch verifying off while the name is to be checked.
    context.check_hostname = options.get("ssl_check_hostname", True) and demand != "none"
    context.verify_mode = ssl.VerifyMode[f"CERT_{demand.upper()}"]
    certificate, key = options.get("ssl_certfile"), options.get("ssl_keyfile")
    if key and not certificate:
        raise ValueError("ssl_keyfile needs ssl_certfile")
    if certificate:
        context.load_cert_chain(certificate, key, options.get("ssl_password"))
    file, directory = options.get("ssl_ca_certs"), options.get("ssl_ca_path")
    if file or directory:
        context.load_verify_locations(file, directory)
