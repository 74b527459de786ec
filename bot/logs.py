"""Logs one line per event to stderr, and cuts secrets out of each line.

The bot does not wait for whoever reads it: `process.line_writer` writes the lines, and says how
many it had to drop.
"""

import contextlib
import json
import logging
import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from bot.process.line_writer import stderr

_HIDDEN = "***"
_LOST = {"name": "bot.logs", "levelno": logging.WARNING, "levelname": "WARNING"}
_TALKATIVE = ("httpx", "httpcore", "aiohttp", "slack_bolt", "slack_sdk", "asyncio", "urllib3")
_OWN_FIELDS = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of Unicode that move the cursor, turn text around, or cannot be seen."""


class _Escapes(dict[int, str]):
    """Maps each character's code to how it is written; filled as they come, and never large."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in _UNSEEN:
            character = character.encode("unicode_escape").decode()
        # Somebody may send all of Unicode; then this begins anew instead of growing.
        if len(self) >= _MOST_ESCAPES:
            self.clear()
        self[code] = character
        return character


_MOST_ESCAPES = 4096
_ESCAPES = _Escapes()

# Slack's URLs come as they are, with JSON's \/ and with a form's %2F.
_SLASH = r"(?:\\{0,8}/|%2F)"
_REST = r"[^\s\"'<>&]+"
_PATTERNS = [
    (re.compile(pattern, re.IGNORECASE), keep + _HIDDEN)
    for pattern, keep in (
        (r"(?:xox[a-z]|xapp)[-.][\w.%-]+", ""),
        # Whoever has the ticket of a WebSocket's URL gets what people type.
        (rf"(ticket(?:=|%3D)){_REST}", r"\1"),
        (rf"(hooks\.slack(?:-gov)?\.com{_SLASH}){_REST}", r"\1"),
        # Libraries log headers as dicts and as pairs, of text and of bytes: (b'x-api-key', b'…').
        (r"(x-api-key['\"]?\s*[:=,]\s*(?:b(?=['\"]))?['\"]?)[^\s'\",;)}\]]+", r"\1"),
        (
            r"(authorization['\"]?\s*[:=,]\s*(?:b(?=['\"]))?['\"]?)(?:(?:bearer|basic)\s+)?[^\s'\",;)}\]]+",
            r"\1",
        ),
        # Slack's verification token comes in every payload, and the SDK logs those at DEBUG.
        (r"(['\"]token\\{0,8}['\"]\s{0,8}:\s{0,8}\\{0,8}['\"])[^\s'\"\\]+", r"\1"),
        (r"\b(bearer\s+)[\w.~+/=-]+", r"\1"),
        (r"\b([a-z][a-z0-9+.-]{0,20}://)[^\s/?#\"']*(?=@)", r"\1"),
    )
]
"""Patterns of secrets, and the part of a match that may stay. Bounded, so that they stay linear."""
_IN_URLS = [
    (re.compile(path, re.IGNORECASE), re.compile(rf"{before}$", re.IGNORECASE), most)
    for path, before, most in (
        (
            rf"((?:/|%2F)(?:response_url|commands|actions){_SLASH}){_REST}",
            rf"https?(?::|%3A){_SLASH}{{2}}[^\s\"']*",
            200,
        ),
        # A signed link has its signature in the query, and whoever has it may use the link.
        (r"(\?)[^\s\"'<>]+", r"https?://[^\s?#\"'<>]*", 500),
    )
]
"""Patterns of secret URLs: their end, what must stand before it, and within how many characters.

They are found by their end: by its beginning, every `http` of a text would be one more try."""


def configure(level: str, log_format: str, secrets: Iterable[str]) -> None:
    """Sends this process's log to stderr, each line once however often this is called.

    Args:
        level: one of the five level names of `logging`. Libraries are shown from WARNING on at any
            level, since below that they repeat what people typed, and links.
        log_format: `text`, or `json` for one object per line.
        secrets: values that must not appear, whatever logs them.
    """
    redact = Redactor(secrets)
    handler = _Stderr()
    handler.setFormatter(JsonFormatter(redact) if log_format == "json" else TextFormatter(redact))
    handler.addFilter(_matters)
    stderr().lost = handler.lost
    root = logging.getLogger()
    root.handlers = [old for old in root.handlers if not isinstance(old, _Stderr)] + [handler]
    root.setLevel(level)
    # Otherwise Python prints them past this handler, with the secrets that they quote.
    logging.captureWarnings(capture=True)


class Redactor:
    """Cuts out the secrets it was told, and whatever looks like one of Slack's or of HTTP."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Remembers `secrets` in each form they take in a log: as they are, quoted, escaped."""
        forms = {
            form
            for secret in secrets
            for form in (
                secret,
                quote(secret, safe=""),
                json.dumps(secret)[1:-1],
                repr(secret)[1:-1],
            )
            if form
        }
        longest_first = sorted(forms, key=len, reverse=True)
        self._told = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def __call__(self, text: str) -> str:
        """Returns `text` without secrets."""
        if self._told:
            text = self._told.sub(_HIDDEN, text)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        for pattern, before, most in _IN_URLS:
            text = pattern.sub(partial(_cut_off, before, most), text)
        return text


def _cut_off(before: re.Pattern[str], most: int, found: re.Match[str]) -> str:
    """Returns a URL without its end, and any other path as it is."""
    url = found.string[max(0, found.start() - most) : found.start()]
    return found[1] + _HIDDEN if before.search(url) else found[0]


class TextFormatter(logging.Formatter):
    """Formats a line for people: time, level, logger, message, then extra fields as name=value.

    Control characters become escapes, so that no data can start a line of its own. Lines of a
    traceback are indented.
    """

    def __init__(self, redact: Redactor) -> None:
        """Writes what `redact` lets through."""
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record as text."""
        fields = "".join(
            f" {name}={_word(self._redact(str(value)))}" for name, value in _fields(record).items()
        )
        head = f"{_time(record)} {record.levelname:<8} {record.name}: {_message(record)}{fields}"
        details = [line for part in _details(self, record) for line in part.split("\n")]
        # Secrets are cut out first, since escapes make a text up to ten times as long.
        return "\n    ".join(visible(self._redact(line)) for line in (head, *details))


class JsonFormatter(logging.Formatter):
    """Formats a JSON object per line: the same parts, with the extra fields beside them."""

    def __init__(self, redact: Redactor) -> None:
        """Writes what `redact` lets through."""
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Returns the record as one line of JSON; each value is redacted before it is escaped."""
        parts: dict[str, object] = {
            # First, so that no extra field takes the place of one of the four below.
            **_fields(record),
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if details := _details(self, record):
            parts["traceback"] = "\n".join(details)
        return json.dumps({name: self._clean(value) for name, value in parts.items()})

    def _clean(self, value: object) -> object:
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, float) and math.isfinite(value):
            return value
        return self._redact(str(value))


class _Stderr(logging.Handler):
    """The one handler that `configure` replaces."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hands the record on as a line.

        One that cannot be formatted is dropped: the base class would print it with its secrets.
        """
        with contextlib.suppress(Exception):
            stderr().say(self.format(record))

    def lost(self, count: int) -> str:
        """Returns the line that stands in the place of `count` dropped ones."""
        said = "%d lines of the log were dropped here: nobody took them"
        return self.format(logging.makeLogRecord({**_LOST, "msg": said, "args": (count,)}))


def _matters(record: logging.LogRecord) -> bool:
    # Not by their loggers' levels: Bolt sets those itself when it starts.
    return record.levelno >= logging.WARNING or record.name.split(".")[0] not in _TALKATIVE


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  # whatever an argument's own __str__ raises
        return f"{record.msg} (its arguments could not be filled in)"


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _OWN_FIELDS}


def _details(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    details = []
    if record.exc_info:
        details.append(formatter.formatException(record.exc_info))
    if record.stack_info:
        details.append(record.stack_info)
    return details


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _word(text: str) -> str:
    return text if re.fullmatch(r"[^\s\"=]+", text) else json.dumps(text, ensure_ascii=False)


def visible(text: str) -> str:
    """Returns `text` on one line, with escapes for what a terminal would act upon, or hide."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_ESCAPES)
