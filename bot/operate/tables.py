"""Requests and the ledger as text: tables and sheets for people, JSON and CSV for machines. Pure.

Slack's `response_url` lets anybody answer in the person's name and is never shown. What others
wrote (names, effects, ids, IACrea's words) moves no cursor in a terminal, and is no formula.
"""

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.ledger import Entry
from bot.domain.line import waits
from bot.domain.request import Generation, Request
from bot.domain.take import Take, take_name
from bot.logs import visible

_COLUMNS = ("request", "state", "asked", "by", "channel", "video", "sequences", "outcome")
_LEDGER = (
    "at", "request", "by", "channel", "video", "sequence", "position", "effect", "outcome",
    "credits", "picture", "clip_before", "clip_after", "finished_video", "file", "permalink",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def listing(requests: Sequence[Request], now: float) -> str:
    """Returns a table, one line a request; `now` is Unix time in seconds."""
    if not requests:
        return "No requests."
    rows = [_COLUMNS, *(tuple(map(visible, _row(request, now))) for request in requests)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def sheet(request: Request) -> str:
    """Shows everything of one request, a line a fact; what is not known is left out."""
    origin, order = request.origin, request.order
    facts: dict[str, object] = {
        "request": request.id,
        "state": request.state,
        "outcome": request.outcome if request.ended else None,
        "problem": request.problem,
        "asked": _moment(origin.at),
        "by": origin.user,
        "channel": origin.channel,
        "message": request.message,
        "thread": request.thread,
        "reply": request.reply,
        "video": order.video,
        "name": request.name,
        "effect": order.effect,
        "image": order.image,
        "watches only": order.watch or None,
        "waits for": f"the render of {order.video}" if waits(request) else None,
        "tries in a row": request.tries or None,
        "asked to wait": request.throttled or None,
        "watched until": None if waits(request) else _moment(request.deadline),
        "waits until": _moment(request.deadline) if waits(request) else None,
        "ended": _moment(request.ended_at),
        "stopped by": request.stopped_by,
        "superseded by": request.superseded_by,
        "credits left": request.credits_left,
        "finished video": request.video_url,
        "version": request.version,
    }
    width = max(map(len, facts))
    lines = [f"{name.ljust(width)}  {each}" for name, each in facts.items() if each is not None]
    return "\n".join(map(visible, [*lines, *(_generation(each) for each in request.generations)]))


def as_json(requests: Iterable[Request]) -> str:
    """Returns the records, without Slack's link for private answers."""
    return json.dumps([_record(request) for request in requests], indent=2)


def csv_of(entries: Iterable[Entry], takes: Iterable[Take] = ()) -> str:
    """Returns the ledger, a line for each sequence sent; times in UTC, credits as IACrea said.

    `takes` tell what each was made from and what it made; a line without one has no links.
    """
    by_name = {each.name: each for each in takes}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_LEDGER)
    for entry in entries:
        words = (
            _moment(entry.at) or "",
            entry.request,
            entry.by,
            entry.channel,
            entry.video,
            entry.sequence,
            str(entry.position),
            entry.effect or "",
            entry.outcome,
        )
        spent = "" if entry.credits is None else f"{entry.credits:g}"
        links = _links(by_name.get(take_name(entry)))
        # Credits as they are, without `_cell`: a number is no formula, and is to be summed.
        writer.writerow((*map(_cell, words), spent, *map(_cell, links)))
    return text.getvalue().rstrip("\n")


def _links(take: Take | None) -> tuple[str, ...]:
    if take is None:
        return ("",) * 6
    links = (
        take.picture,
        take.clip_before,
        take.clip,
        take.film,
        take.file,
        take.permalink,
    )
    return tuple(each or "" for each in links)


def _cell(words: str) -> str:
    """Quotes what others wrote, so that no spreadsheet takes it for a formula.

    Source: OWASP, CSV Injection; full-width signs are formulas too where Japanese is set up.
    """
    words = visible(words)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _row(request: Request, now: float) -> tuple[str, ...]:
    positions = ", ".join(str(each.position) for each in request.generations)
    return (
        request.id,
        request.state,
        _ago(now - request.origin.at),
        request.origin.user,
        request.origin.channel,
        request.name or request.order.video,
        positions or "?",
        request.outcome if request.ended else "",
    )


def _generation(generation: Generation) -> str:
    facts = (
        f"sequence {generation.position}",
        generation.sequence,
        generation.state,
        f"sent {_moment(generation.sent_at)}" if generation.sent_at is not None else "",
        f"generation {generation.generation_id}" if generation.generation_id else "",
        f"{generation.credits_used:g} credits" if generation.credits_used is not None else "",
    )
    return "  ".join(filter(None, facts))


def _record(request: Request) -> dict[str, Any]:
    record: dict[str, Any] = dataclasses.asdict(request)
    del record["origin"]["response_url"]
    record["outcome"] = request.outcome if request.ended else None
    if request.problem is not None:
        record["problem"] = {"kind": type(request.problem).__name__, **vars(request.problem)}
    return record


def _moment(at: float | None) -> str | None:
    if at is None:
        return None
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _ago(seconds: float) -> str:
    for unit, name in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if seconds >= unit:
            return f"{seconds // unit:.0f} {name} ago"
    return f"{max(0.0, seconds):.0f} s ago"
