"""Handles the signals that ask the program to end, from its first moment to its last.

One handler stays for as long as the process lives. asyncio's own would leave two gaps, before its
loop runs and after it, in which a signal kills the process or prints a traceback. `main` calls this
before it loads anything else, so next to nothing is imported here.
"""

import os
import signal
import sys
from collections.abc import Callable

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SERVING = {"run", "demo"}
"""Commands that run until they are asked to stop, which is their expected end."""


class _Heard:
    """Remembers which signal came first, and what to do about one."""

    number = signal.SIGINT
    call: Callable[[], object]


_heard = _Heard()


def install() -> None:
    """Has each signal end the process quietly and at once, unless `OnFirstSignal` says otherwise.

    A signal that is ignored already stays ignored: `nohup` does that to SIGHUP, and a shell to
    SIGINT of what it starts in the background. The image starts Python with all three blocked, so
    that one which comes before this still counts: Linux drops a signal for which PID 1 has no
    handler (kill(2)).
    """
    _heard.call = _end_at_once
    for each in _ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, _note)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


class OnFirstSignal:
    """Has the first signal within the block call something, and others do nothing.

    After it a command that serves is ending as asked, whatever comes; any other ends at once.
    """

    def __init__(self, what: Callable[[], object]) -> None:
        """`what` is called between two steps of the main thread."""
        self._what = what

    def __enter__(self) -> None:
        """Begins."""
        _heard.call = self._once

    def __exit__(self, *_: object) -> None:
        """Ends."""
        _heard.call = _nothing if _serves() else _end_at_once

    def _once(self) -> None:
        _heard.call = _nothing
        self._what()


def die() -> int:
    """Ends the process by the signal that came, as a shell expects of a command it interrupts.

    Returns:
        The exit code that says the same, where that does not kill: PID 1.
    """
    signal.signal(_heard.number, signal.SIG_DFL)
    os.kill(os.getpid(), _heard.number)
    return 128 + _heard.number


def _note(number: int, _: object) -> None:
    _heard.number = signal.Signals(number)
    _heard.call()


def _end_at_once() -> None:
    # Whatever this interrupts might catch an exception, or print it.
    os._exit(0 if _serves() else die())


def _serves() -> bool:
    # Without any word, too: that is `run`.
    return set(sys.argv[1:2]) <= _SERVING


def _nothing() -> None:
    pass
