"""The log: one line an event, no line that data forged, no secret whatever logs it."""

import json
import logging
from collections.abc import Iterator
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.process.line_writer import stderr

TOKEN = "xoxb-12-34-AbCdEf"
KEY = 'iac "quoted"/key'
log = logging.getLogger("bot.somewhere")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)


@pytest.fixture(params=["text", "json"])
def log_format(request):
    return request.param


def written(capfd) -> str:
    stderr().finish(5)
    return capfd.readouterr().err


def raise_error(text: str) -> NoReturn:
    raise RuntimeError(text)


def record(message: object, *args: object, **fields: object) -> logging.LogRecord:
    made = logging.LogRecord("bot.x", logging.INFO, "x.py", 1, message, args, None)
    vars(made).update(fields)
    return made


def test_text_has_time_level_logger_message_and_fields(capfd):
    logs.configure("INFO", "text", ())
    log.info("polled %d", 3, extra={"video": "v1", "why": "it was due"})
    time, rest = written(capfd).split(" ", 1)
    assert time.endswith("Z")
    assert rest == 'INFO     bot.somewhere: polled 3 video=v1 why="it was due"\n'


def test_json_has_the_same_as_one_object_per_line(capfd):
    logs.configure("INFO", "json", ())
    log.warning("polled %d", 3, extra={"video": "v1", "took": 0.5, "message_ts": None})
    parts = json.loads(written(capfd))
    assert parts.pop("time").endswith("Z")
    assert parts == {
        "level": "WARNING",
        "logger": "bot.somewhere",
        "message": "polled 3",
        "video": "v1",
        "took": 0.5,
        "message_ts": None,
    }


def test_configuring_twice_does_not_log_twice(capfd, log_format):
    logs.configure("DEBUG", log_format, ())
    logs.configure("INFO", log_format, ())
    log.info("once")
    log.debug("never")
    assert written(capfd).count("\n") == 1


@pytest.mark.parametrize(
    "library", ["slack_bolt.AsyncApp", "slack_sdk.web", "httpx", "httpcore.http11", "aiohttp.web"]
)
def test_what_libraries_say_of_themselves_is_shown_from_warnings_on(capfd, library):
    for level in ("INFO", "DEBUG"):
        logs.configure(level, "text", ())
        theirs = logging.getLogger(library)
        theirs.level = logging.getLogger().level  # as Bolt does it
        theirs.debug("body: what somebody typed")
        theirs.info("sent")
        theirs.warning("warned")
        assert [line.split()[-1] for line in written(capfd).splitlines()] == ["warned"]


@pytest.mark.parametrize(
    "leak",
    [
        f"token={TOKEN}",
        "xapp-1-A1-23-SECRET",
        "xoxe.xoxb-1-SECRET",
        "wss://wss.slack.com/link/?ticket=SECRET&app_id=1",
        "wss%3A%2F%2Fhost%2F%3Fticket%3DSECRET%26app_id",
        "https://hooks.slack.com/commands/T1/2/SECRET",
        r"https:\/\/hooks.slack.com\/actions\/T1\/2\/SECRET",
        "https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1%2F2%2FSECRET&text=",
        "http://127.0.0.1:8080/response_url/SECRET",
        "http://127.0.0.1:8080/api/commands/SECRET/more",
        "x-api-key: SECRET",
        "{'x-api-key': 'SECRET'}",
        "[(b'X-API-Key', b'SECRET')]",
        "Authorization: Bearer SECRET",
        "{'Authorization': 'Bearer SECRET'}",
        "Authorization: Basic SECRET==",
        '{"token": "SECRET", "team_id": "T1"}',
        "{'token': 'SECRET', 'team_id': 'T1'}",
        "redis://user:SECRET@host:6379/0",
        "https://media.s3.amazonaws.com/a.mp4?X-Amz-Date=1&X-Amz-Signature=SECRET&x=1",
        "<https://cdn.example.com/a.jpg?Policy=SECRET|before>",
        "rediss://:SECRET@more@host:6379/0",
        f"key {KEY}",
        f"key {json.dumps(KEY)}",
        "key iac%20%22quoted%22%2Fkey",
    ],
)
def test_a_secret_is_cut_out_of_message_fields_and_traceback(capfd, log_format, leak):
    logs.configure("DEBUG", log_format, (KEY,))
    try:
        raise_error(leak)
    except RuntimeError:
        log.exception("said %s", leak, extra={"said": leak})
    text = written(capfd)
    for secret in ("SECRET", TOKEN, "quoted"):
        assert secret not in text
    assert "RuntimeError" in text
    assert "***" in text


def test_what_is_no_secret_stays(capfd, log_format):
    logs.configure("INFO", log_format, (KEY,))
    plain = (
        "SLACK_APP_TOKEN: set it (xapp-…); see https://docs.slack.dev/reference#commands at 3:4@5"
    )
    log.info(plain)
    assert plain.split("; ")[1] in written(capfd)


def test_data_cannot_forge_a_line_of_the_log(capfd, log_format):
    logs.configure("INFO", log_format, ())
    forged = "x\n2026-11-24T00:00:00Z ERROR \r\x1b[31m\x9b31m\u2028\u202e\u200f\U000e0041"
    try:
        raise_error(forged)
    except RuntimeError:
        log.exception("bad input: %s", forged, extra={"typed": forged})
    first, *others = written(capfd).removesuffix("\n").split("\n")
    assert "2026-11-24T00:00:00Z ERROR" in first
    assert all(line.startswith("    ") for line in others)
    assert not set("\r\x1b\x9b\u2028\u202e\u200f\U000e0041") & set("".join([first, *others]))


@pytest.mark.parametrize("formatter", [logs.TextFormatter, logs.JsonFormatter])
def test_a_record_that_does_not_fit_is_logged_all_the_same_and_redacted(formatter):
    text = formatter(logs.Redactor(())).format(record(f"%d and {TOKEN}", "no number"))
    assert "could not be filled in" in text
    assert "AbCdEf" not in text


def test_lines_that_nobody_took_are_said_in_the_same_form(log_format):
    logs.configure("INFO", log_format, ())
    said = stderr().lost(12)
    assert "12 lines of the log were dropped here" in said
    assert "WARNING" in said
    assert "bot.logs" in said


def test_a_secret_that_begins_with_another_is_cut_out_whole():
    assert logs.Redactor(["abc", "abcdef"])("abcdef abc") == "*** ***"


@given(st.text(), st.text(min_size=1), st.text())
def test_whatever_surrounds_a_secret_it_is_cut_out(before, secret, after):
    assert secret not in logs.Redactor([secret])(before + secret + after).replace("***", "")


@given(st.text(), st.dictionaries(st.from_regex(r"[a-z]{6,9}_x", fullmatch=True), st.text()))
def test_any_record_is_one_line_of_text_and_one_object_of_json(message, fields):
    redact = logs.Redactor(())
    assert len(logs.TextFormatter(redact).format(record(message, **fields)).splitlines()) <= 1
    parts = json.loads(logs.JsonFormatter(redact).format(record(message, **fields)))
    assert set(parts) == {"time", "level", "logger", "message", *fields}
