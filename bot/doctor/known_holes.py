"""Versions of Redis and Valkey in which holes are known that were mended since. Pure.

As of 26 November 2026. Sources: the security releases of redis/redis of 18 August and 18 September
2026 (docker-library/official-images#22078, #22312) and of valkey-io/valkey of 21 July 2026 (9.1.1
and its sisters: CVE-2026-56684, CVE-2026-63639), with all that those before them mended:
CVE-2025-49844 (Lua, remote code execution, all versions before October 2025), CVE-2026-23479,
CVE-2026-25243.
"""

from collections.abc import Mapping

Version = tuple[int, ...]

_REDIS: dict[Version, Version] = {
    (6, 2): (6, 2, 24),
    (7, 2): (7, 2, 16),
    (7, 4): (7, 4, 11),
    (8, 2): (8, 2, 10),
    (8, 4): (8, 4, 6),
    (8, 6): (8, 6, 7),
    (8, 8): (8, 8, 3),
    (8, 10): (8, 10, 2),
}
_VALKEY: dict[Version, Version] = {
    (7, 2): (7, 2, 14),
    (8, 0): (8, 0, 10),
    (8, 1): (8, 1, 9),
    (9, 0): (9, 0, 5),
    (9, 1): (9, 1, 1),
}
"""The first version of each series without a hole that is known; a series that is not here and is
older than the newest gets no mendings any more."""


def mended_in(info: Mapping[str, object]) -> str | None:
    """Returns the version to go to for a server with that INFO, or None if it needs none."""
    valkey = info.get("valkey_version")
    if info.get("server_name") == "valkey" or valkey:
        return _first_without(_numbers(valkey), _VALKEY)
    return _first_without(_numbers(info.get("redis_version")), _REDIS)


def _first_without(version: Version, table: dict[Version, Version]) -> str | None:
    fixed = table.get(version[:2], max(table.values()))
    # Of a series that is newer than this table nothing bad is known.
    if not version or version >= fixed or version[:2] > max(table):
        return None
    return ".".join(map(str, fixed))


def _numbers(version: object) -> Version:
    parts = str(version or "").split(".")
    return tuple(int(each) for each in parts if each.isdigit())
