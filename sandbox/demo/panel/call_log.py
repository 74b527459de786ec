"""IACrea's log of calls, as the panel shows it; pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sandbox.iacrea import Call

NEWEST = 80
"""Entries that are shown."""
_LOOKED_AT = 600
"""Calls that are looked at for them: many polls make one entry."""
_KINDS = {
    "/api/video-editor/generate/sequence/": "regenerate",
    "/api/video-editor/generate/video/auto/": "poll",  # before the path that it begins with
    "/api/video-editor/generate/video/": "poll",
    "/api/account/credit": "balance",
}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """Equal calls one after another; `n` counts calls from the first one, `at` is Unix time."""

    n: int
    at: float
    call: Call
    kind: str
    video: str | None
    answered: str | None
    times: int = 1

    def entity(self) -> dict[str, Any]:
        """Returns the entry as JSON for the page."""
        return {
            "n": self.n,
            "at": self.at,
            "method": self.call.method,
            "path": self.call.path,
            "kind": self.kind,
            "body": self.call.body,
            "status": self.call.status,
            "effective": self.call.effective,
            "times": self.times,
            "video": self.video,
            "answered": self.answered,
            "answer": self.call.answer[:_LONGEST],
        }


def entries(calls: list[Call]) -> list[Entry]:
    """Returns the newest entries, the oldest of them first."""
    start = max(0, len(calls) - _LOOKED_AT)
    return list(_grouped(_read(enumerate(calls[start:], start))))[-NEWEST:]


def _read(calls: Iterable[tuple[int, Call]]) -> Iterator[Entry]:
    for n, call in calls:
        prefix = next((each for each in _KINDS if call.path.startswith(each)), None)
        kind = _KINDS[prefix] if prefix else "other"
        video = call.path.removeprefix(prefix) or None if prefix else None
        answered = _status(call.answer) if kind == "poll" else None
        yield Entry(n, call.time, call, kind, video, answered)


def _grouped(read: Iterable[Entry]) -> Iterator[Entry]:
    """Makes one entry of polls of one video that follow each other and were answered alike."""
    group: Entry | None = None
    for entry in read:
        if group is not None and _alike(group, entry):
            group = replace(entry, n=group.n, times=group.times + 1)
        else:
            if group is not None:
                yield group
            group = entry
    if group is not None:
        yield group


def _alike(one: Entry, other: Entry) -> bool:
    key = (one.kind, one.video, one.call.status, one.answered)
    return one.kind == "poll" and key == (
        other.kind,
        other.video,
        other.call.status,
        other.answered,
    )


@lru_cache(maxsize=256)  # a video is polled often, and mostly says the same
def _status(answer: str) -> str | None:
    """Returns the video's status from the answer to a poll, where it can be read."""
    try:
        body = json.loads(answer)
    except ValueError:
        return None
    status = body.get("status") if isinstance(body, dict) else None
    return status if isinstance(status, str) else None
