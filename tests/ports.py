"""Ports to listen on."""

import contextlib
import itertools
import os
import random
import socket
from collections.abc import Iterator


def _ports() -> Iterator[int]:
    """Ports of this worker alone, and below those that Linux gives to outgoing connections.

    A port that the system picks may be taken by any connection before the bot listens on it.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    begin = 12_000 + worker % 16 * 1_250
    own = random.sample(range(begin, begin + 1_250), 1_250)  # two runs may go on side by side
    yield from itertools.cycle(own)


_PORTS = _ports()


def free_port() -> int:
    """A port that nobody listens on, and that nobody else is given."""
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("the ports never end")
