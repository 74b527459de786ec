"""The log: one line per event on stderr, from which secrets are cut out last of all.

Nobody waits for whoever reads it: `process.line_writer` writes the lines, and says how many it had
to drop.
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
"""Categories of Unicode: what moves the cursor, turns text around, or is not seen."""


class _Escapes(dict[int, str]):
    """How each character is written, by its code; filled as they come, and never large."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in _UNSEEN:
            character = character.encode("unicode_escape").decode()
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
        (rf"(ticket(?:=|%3D)){_REST}", r"\1"),
        (rf"(hooks\.slack(?:-gov)?\.com{_SLASH}){_REST}", r"\1"),
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
"""What looks like a secret, and the part of it that may stay. Bounded, to stay linear."""
_IN_URLS = [
    (re.compile(path, re.IGNORECASE), re.compile(rf"{before}$", re.IGNORECASE), most)
    for path, before, most in (
        (
            rf"((?:/|%2F)(?:response_url|commands|actions){_SLASH}){_REST}",
            rf"https?(?::|%3A){_SLASH}{{2}}[^\s\"']*",
            200,
        ),
        # What signs a link stands in its query; whoever has all of it may use it.
        (r"(\?)[^\s\"'<>]+", r"https?://[^\s?#\"'<>]*", 500),
    )
]
"""What makes a URL a secret, what has to stand before it, and in how many characters.

Looked for by its end: by its beginning, every `http` of a text would be a try of its own."""


def configure(level: str, log_format: str, secrets: Iterable[str]) -> None:
    """Sends everything that is logged in this process to stderr, once, however often it is called.

    Args:
        level: one of the five level names of `logging`. What libraries say of themselves is shown
            from WARNING on at each level: below that they repeat what people typed, and links.
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
    logging.captureWarnings(capture=True)


class Redactor:
    """Cuts out the secrets it was told, and whatever looks like one of Slack or HTTP."""

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
        """`text` without secrets."""
        if self._told:
            text = self._told.sub(_HIDDEN, text)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        for pattern, before, most in _IN_URLS:
            text = pattern.sub(partial(_cut_off, before, most), text)
        return text


def _cut_off(before: re.Pattern[str], most: int, found: re.Match[str]) -> str:
    """A URL without its end; any other path as it is."""
    url = found.string[max(0, found.start() - most) : found.start()]
    return found[1] + _HIDDEN if before.search(url) else found[0]


class TextFormatter(logging.Formatter):
    """A line for people: time, level, logger, message, then the extra fields as name=value.

    Control characters are written as escapes, so that no data can start a line of its own; what
    belongs to a traceback is indented.
    """

    def __init__(self, redact: Redactor) -> None:
        """Writes what `redact` lets through."""
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        fields = "".join(
            f" {name}={_word(self._redact(str(value)))}" for name, value in _fields(record).items()
        )
        head = f"{_time(record)} {record.levelname:<8} {record.name}: {_message(record)}{fields}"
        details = [line for part in _details(self, record) for line in part.split("\n")]
        # An escape is up to ten characters long, so what is a secret is looked for before.
        return "\n    ".join(visible(self._redact(line)) for line in (head, *details))


class JsonFormatter(logging.Formatter):
    """A JSON object per line for machines: the same parts, extra fields beside them."""

    def __init__(self, redact: Redactor) -> None:
        """Writes what `redact` lets through."""
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON; each value is redacted before it is escaped."""
        parts: dict[str, object] = {
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
    """The handler that `configure` replaces, and no other."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hands the record on as a line.

        What cannot be made one is left out: the base class's report would show its secrets.
        """
        with contextlib.suppress(Exception):
            stderr().say(self.format(record))

    def lost(self, count: int) -> str:
        """The line in place of `count` others."""
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
    """`text` on one line, with what a terminal would act upon, or hide, written as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_ESCAPES)
