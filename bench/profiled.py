"""A bot that knows what its CPU goes to: `python -m bench.profiled <file>`, otherwise as `run`.

The kernel interrupts it after each few milliseconds of CPU that it has used (ITIMER_PROF), and the
innermost frame of a known package is counted. SIGUSR1 writes the counts into the file, and forgets
them.
"""

import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from bench.unlimited import lift
from bot.__main__ import main

EVERY = 0.002
"""Seconds of CPU; the kernel makes it a whole number of its ticks."""
REST = "event loop"
_PARTS = {
    "slack_bolt": "Slack",
    "slack_sdk": "Slack",
    "aiohttp": "Slack",  # Slack's deliveries come in by its server, and the SDK calls by its client
    "redis": "Redis",
    "httpx": "IACrea",
    "httpcore": "IACrea",
    "h11": "IACrea",
    "anyio": "IACrea",
    "bot": "own code",
}
PARTS = (*dict.fromkeys(_PARTS.values()), REST)


def part_of(frame: FrameType | None) -> str:
    """Returns to whom the CPU belongs that is used in that frame."""
    while frame is not None and frame.f_code.co_name != "_run_once":  # asyncio's; the bot called it
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in _PARTS:
            return _PARTS[package]
        frame = frame.f_back
    return REST


def _sample(file: Path) -> None:
    counts: Counter[str] = Counter()

    def count(_: int, frame: FrameType | None) -> None:
        counts[part_of(frame)] += 1

    def tell(_: int, __: FrameType | None) -> None:
        half = file.with_suffix(".half")
        half.write_text(json.dumps(counts), "utf-8")
        half.rename(file)
        counts.clear()

    signal.signal(signal.SIGPROF, count)
    signal.signal(signal.SIGUSR1, tell)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)


if __name__ == "__main__":
    lift()
    _sample(Path(sys.argv[1]))
    sys.argv[1:] = ["run"]
    sys.exit(main())
