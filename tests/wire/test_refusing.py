"""What error answers are read as, and that nothing else escapes."""

import contextlib
import json
import string
import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.video import Receipt
from bot.iacrea import wire
from bot.iacrea.errors import (
    BadRequestError,
    IACreaError,
    NotFoundError,
    NothingSpentError,
    RateLimitedError,
    RefusedError,
    UnansweredError,
    UnavailableError,
)
from bot.iacrea.wire import Answer


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"error": "no such id"}, "no such id"),
        ({"message": "no such id"}, "no such id"),
        ({"error": {"message": "no such id"}}, "no such id"),
        (b"no such id", "no such id"),
        ("no such id", "no such id"),
        (b"no\r\nsuch\x1b[31m id", "no such [31m id"),
        (b"\xff" * 1000, "\ufffd" * 300),
        (b"<!doctype html><title>404</title>", ""),
        ({"code": 7}, ""),
        (b"", ""),
    ],
)
def test_the_explanation_is_read_in_each_shape(answer, body, detail):
    with pytest.raises(BadRequestError) as caught:
        wire.receipt(answer(body, 400))

    assert caught.value.detail == detail


@pytest.mark.parametrize("status", [300, 307, 408, 500, 502, 504, 599])
def test_the_same_status_may_have_spent_for_a_regeneration_but_not_for_a_question(answer, status):
    with pytest.raises(UnansweredError) as spent:
        wire.receipt(answer({"error": "oops"}, status))
    with pytest.raises(UnavailableError) as unspent:
        wire.video(answer({"error": "oops"}, status), "v")

    assert spent.value.status == unspent.value.status == status
    assert not isinstance(spent.value, NothingSpentError)
    assert isinstance(unspent.value, NothingSpentError)


@pytest.mark.parametrize("status", [405, 410, 418, 499])
def test_any_other_4xx_is_a_plain_refusal(answer, status):
    with pytest.raises(RefusedError) as caught:
        wire.video(answer(status=status), "v")

    assert type(caught.value) is RefusedError


# Eight minutes after the moment at which the answers of these tests come.
DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry_after": "7"}, 7),
        ({"retry_after": " 0.5 "}, 0.5),
        ({"retry_after": "-1"}, 0),
        ({"retry_after": "999999"}, 3600),
        ({"retry_after": "inf"}, None),
        ({"retry_after": "soon"}, None),
        ({"retry_after": DATE, "date": "Wed, 21 Oct 2026 07:27:10 GMT"}, 50),
        ({"retry_after": DATE, "date": "Wed, 21 Oct 2026 07:29:00 GMT"}, 0),
        ({"retry_after": DATE}, 480),
        ({"retry_after": DATE.replace("GMT", "+99999999999999")}, None),
    ],
)
def test_retry_after_is_read_as_seconds_and_as_a_date(answer, headers, wait):
    with pytest.raises(RateLimitedError) as caught:
        wire.video(answer(status=429, **headers), "v")

    assert caught.value.retry_after == wait


@pytest.fixture
def in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_tokyo")
def test_a_date_without_a_zone_is_not_taken_for_local_time(answer):
    came = answer(status=429, retry_after=DATE.replace("GMT", "-0000"))

    assert wire.retry_after(came.headers, came.at) == 480


def test_an_error_names_its_facts():
    error = NotFoundError(404, detail="no video")
    assert str(error) == "NotFoundError(status=404, detail='no video')"


def test_every_error_hangs_on_one_base_and_can_pass_through_a_context_manager():
    def below(error: type[IACreaError]) -> list[type[IACreaError]]:
        return [error, *(found for each in error.__subclasses__() for found in below(each))]

    for error in below(IACreaError):
        made = error(418) if issubclass(error, RefusedError) else error()
        with pytest.raises(error), contextlib.ExitStack():
            raise made


NUMBERS = st.integers() | st.floats()
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    [
        "status", "generatedContent", "progress", "url", "videoUrl", "message", "error",
        "creditsTotal", "creditsUsed", "generationId", "total",
    ]
)  # fmt: skip
SEQUENCES = st.lists(
    st.dictionaries(st.sampled_from(["id", "url", "effect", "status"]), JSON) | JSON, max_size=4
)
BODIES = JSON | st.dictionaries(FIELDS, JSON | SEQUENCES | st.just("DONE"))
CONTENTS = st.binary() | BODIES.map(lambda body: json.dumps(body).encode())
STATUSES = st.sampled_from([200, 201, 204, 302, 400, 404, 429, 500]) | st.integers(100, 599)


@given(CONTENTS, STATUSES, st.text(string.printable) | st.just(DATE))
@example(b'{"status": "DONE", "generatedContent": ' + b"[" * 100 + b"]" * 100 + b"}", 200, "")
@example(b"[" * 100_000, 200, "")
@example(b'{"status": "DONE", "progress": ' + b"9" * 5000 + b"}", 200, "")
@example(b"", 429, "Wed, 21 Oct 99999 07:28:00 GMT")
def test_whatever_comes_is_read_or_is_an_error_of_ours(answer, content, status, after):
    came = answer(content, status, retry_after=after, date=after)
    for read in (wire.receipt, wire.balance, lambda each: wire.video(each, "v")):
        with contextlib.suppress(IACreaError):
            hash(read(came))


def texts(came: Answer) -> list[str | None]:
    """Everything in an answer that somebody may be shown."""
    try:
        read = wire.video(came, "v")
    except (RefusedError, UnavailableError) as error:
        return [error.detail]
    found = [read.status, read.url, read.message]
    for each in read.sequences or ():
        found += [each.id, each.status, each.effect, each.url]
    return found


@given(CONTENTS, STATUSES)
def test_whatever_can_be_shown_is_printable_and_of_bounded_length(answer, content, status):
    for text in texts(answer(content, status)):
        assert text is None or (text.isprintable() and len(text) <= 3000)


@given(NUMBERS)
def test_progress_never_leaves_its_bounds(answer, number):
    read = wire.video(answer({"status": "RENDERING_VIDEO", "progress": number}), "v")

    assert read.progress is None or 0 <= read.progress <= 1


@given(CONTENTS, st.integers(100, 599))
def test_a_regeneration_never_passes_for_unspent_unless_it_was_refused(answer, content, status):
    try:
        read = wire.receipt(answer(content, status))
    except UnansweredError:
        return
    except RefusedError:
        assert 400 <= status < 500
        return
    assert isinstance(read, Receipt)
    assert 200 <= status < 300
