"""Ports to listen on."""

import contextlib
import itertools
import os
import random
import socket
from collections.abc import Iterator

from tests.workers import WORKER


def _ports() -> Iterator[int]:
    """Ports of this worker alone, and below those that Linux gives to outgoing connections.

    A port that the system picks may be taken by any connection before the bot listens on it.
    """
    begin = 12_000 + int(os.environ.get(WORKER, "0")) % 20 * 1_000
    own = random.sample(range(begin, begin + 1_000), 1_000)  # two runs may go on side by side
    yield from itertools.cycle(own)


_PORTS = _ports()


def free_port() -> int:
    """A port that nobody listens on, and that nobody else is given."""
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("the ports never end")
