"""Tells by its `Host` whether an HTTP request means this bot. Pure.

A page of a stranger's can have its own name resolve to a private address (DNS rebinding) and then
read with its visitor's browser what answers there; the browser sends that name as `Host`. An
address is nobody's to rebind: who asks by number, as kubelet's probes, Prometheus and a proxy do,
reached this machine because they meant to.
"""

import contextlib
from ipaddress import ip_address

LOOPBACK = "localhost"


def is_ours(host: str | None, listening: str) -> bool:
    """Returns whether the header is a loopback name, `listening` (HOST) or a numeric address.

    A request without the header came from no browser: HTTP/1.1 demands it (RFC 9112, 3.2).
    """
    if host is None:
        return True
    name = _name(host)
    if name in {LOOPBACK, listening.casefold().rstrip(".")} or name.endswith(f".{LOOPBACK}"):
        return bool(name)  # all names below localhost are loopback (RFC 6761, 6.3)
    with contextlib.suppress(ValueError):
        ip_address(name)
        return True
    return False


def _name(host: str) -> str:
    """Returns the header without its port, brackets and the dot of a full name."""
    if host.startswith("["):
        return host[1:].partition("]")[0].partition("%")[0]
    return host.partition(":")[0].casefold().rstrip(".")
