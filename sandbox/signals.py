"""The signals that end `python -m sandbox`, quietly from its first moment to its last.

One handler stays for as long as the process lives. asyncio's own would leave two gaps, before its
loop runs and after it, in which a signal prints a traceback. Next to nothing is imported here,
since this comes before all else is loaded.
"""

import os
import signal
from collections.abc import Callable

_ENDING = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)


def end_at_once() -> None:
    """Has each signal end the process with exit code 0: it serves until it is told to stop."""
    call(lambda: os._exit(0))


def call(what: Callable[[], object]) -> None:
    """Has each signal call `what`, between two steps of whatever the main thread does."""
    for each in _ENDING:
        # One that is ignored stays so: `nohup` does that to SIGHUP, shells to a background SIGINT.
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, lambda *_: what())
