"""Every reading of an answer that the reference allows, and some that it does not."""

import pytest

from bot.domain.video import Receipt, Sequence, Video
from bot.iacrea import wire
from bot.iacrea.errors import UnansweredError, UnavailableError


def test_the_documented_receipt_is_read(answer):
    body = {
        "status": "START_GENERATION",
        "generationId": "770e8400-e29b-41d4-a716-446655440003",
        "creditsTotal": 47,
        "creditsUsed": 3,
    }

    assert wire.receipt(answer(body)) == Receipt("770e8400-e29b-41d4-a716-446655440003", 47, 3)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ({"status": "START_GENERATION"}, Receipt()),
        ({"generationId": "g"}, Receipt("g")),
        ({"generationId": 17}, Receipt("17")),
        ({"creditsUsed": "3"}, Receipt(None, None, 3)),
        ({"generationId": "g", "creditsTotal": None, "creditsUsed": []}, Receipt("g")),
    ],
)
def test_a_receipt_needs_one_field_that_confirms_it(answer, body, read):
    assert wire.receipt(answer(body, 201)) == read


@pytest.mark.parametrize(
    "body",
    [{}, {"status": "NO"}, {"error": "no"}, {"creditsTotal": 5}, [], "started", 7, b"", b"{"],
)
def test_what_confirms_nothing_is_unanswered(answer, body):
    with pytest.raises(UnansweredError):
        wire.receipt(answer(body))


def test_a_video_is_read_field_by_field(answer):
    body = {
        "status": "DONE",
        "id": "v",
        "url": "https://cdn.example/v.mp4",
        "creditsTotal": 41,
        "generatedContent": [
            {"id": "s1", "url": "https://cdn.example/1.jpg", "effect": "AUTO_REVERSE",
             "format": "16:9", "status": "success", "category": "kitchen", "text": "new"},
            {"id": "s2", "status": "error"},
        ],
    }  # fmt: skip

    assert wire.video(answer(body), "v") == Video(
        id="v",
        status="DONE",
        sequences=(
            Sequence(
                "s1",
                "success",
                "AUTO_REVERSE",
                "https://cdn.example/1.jpg",
                category="kitchen",
                text="new",
                format="16:9",
            ),
            Sequence("s2", "error"),
        ),
        url="https://cdn.example/v.mp4",
        credits_left=41,
    )


@pytest.mark.parametrize(
    ("sent", "category", "text"),
    [
        ("KITCHEN", "KITCHEN", "KITCHEN"),
        (" a\nb\u202e\x07c ", "a b c", "a b c"),
        ("x" * 5000, "x" * 100, "x" * 300),
        ("\u200b", None, None),
        ("", None, None),
        (7, None, None),
        (["KITCHEN"], None, None),
        (None, None, None),
    ],
)
def test_what_a_sequence_shows_is_read_as_one_short_line(answer, sent, category, text):
    entry = {"id": "s1", "status": "success", "category": sent, "text": sent}
    body = {"status": "DONE", "generatedContent": [entry]}

    [sequence] = wire.video(answer(body), "v").sequences
    assert (sequence.category, sequence.text) == (category, text)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (0, 0), (0.4, 0.4), (1, 1), (40, 0.4), (100, 1), (250, 1), (-3, 0), ("40", 0.4),
        (None, None), ("soon", None), (True, None), ([1], None), ("NaN", None), (10**400, None),
    ],
)  # fmt: skip
def test_progress_is_read_from_zero_to_one(answer, sent, read):
    body = {"status": "RENDERING_VIDEO", "progress": sent}

    assert wire.video(answer(body), "v").progress == pytest.approx(read)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_numbers_that_are_not_finite_are_left_out(answer, number):
    body = b'{"status": "DONE", "progress": %b, "creditsTotal": %b}' % (number, number)

    read = wire.video(answer(body), "v")

    assert (read.progress, read.credits_left) == (None, None)


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ({"url": "https://e.com/v"}, "https://e.com/v"),
        ({"videoUrl": "https://e.com/v"}, "https://e.com/v"),
        ({"video_url": "http://e.com/v"}, "http://e.com/v"),
        ({"url": None, "videoUrl": "https://e.com/v"}, "https://e.com/v"),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": "https://e.com/a b"}, None),
        ({"url": "https://e.com/\n"}, None),
        ({"url": "https://"}, None),
        ({"url": "https://e.com/" + "x" * 3000}, None),
        ({"url": ["https://e.com"]}, None),
    ],
)
def test_the_final_url_is_found_under_each_name_if_it_is_one(answer, body, url):
    assert wire.video(answer({"status": "DONE"} | body), "v").url == url


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"message": "Re-generating video in error"}, "Re-generating video in error"),
        ({"error": "Re-generating video in error"}, "Re-generating video in error"),
        ({"error": {"message": "nested"}}, "nested"),
        ({"message": " \n ", "error": "two"}, "two"),
        ({"message": "a\x00b\u202e c\ud800"}, "a b c"),
        ({"message": "x" * 400}, "x" * 300),
        ({"message": " " * 4000 + "too far in"}, None),
        ({"message": 7}, None),
        ({}, None),
    ],
)
def test_the_message_is_found_under_each_name_and_made_printable(answer, body, message):
    assert wire.video(answer({"status": "PENDING"} | body), "v").message == message


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("DONE", "DONE"),
        ("pending", "PENDING"),
        ("Upscaling Video", "Upscaling Video"),
        ("odd\nstatus", "odd status"),
        ("x" * 500, "x" * 100),
    ],
)
def test_an_unknown_status_is_kept_as_text(answer, sent, read):
    assert wire.video(answer({"status": sent}), "v").status == read


@pytest.mark.parametrize("body", [{}, {"status": None}, {"status": ""}, {"status": ["DONE"]}])
def test_a_video_without_a_status_cannot_be_read(answer, body):
    with pytest.raises(UnavailableError, match="without a status"):
        wire.video(answer(body), "v")


@pytest.mark.parametrize("content", [None, "none", {}, 7])
def test_missing_content_is_not_the_same_as_no_sequences(answer, content):
    body = {"status": "RENDERING_VIDEO", "generatedContent": content}

    assert wire.video(answer(body), "v").sequences is None
    assert wire.video(answer(body | {"generatedContent": []}), "v").sequences == ()


def test_an_unreadable_sequence_keeps_its_place(answer):
    content = [
        None,
        {"id": "s2", "status": "SUCCESS"},
        {"id": "x" * 300, "status": "odd"},
        {"id": "s4\n"},
    ]

    read = wire.video(answer({"status": "DONE", "generatedContent": content}), "v")

    assert read.sequences == (
        Sequence("", ""),
        Sequence("s2", "success"),
        Sequence("", "odd"),
        Sequence("", ""),
    )


def test_the_balance_is_read(answer):
    assert wire.balance(answer({"total": 12, "subscription": 10, "extra": 2})) == 12
    assert wire.balance(answer({"total": 12})) == 12
    with pytest.raises(UnavailableError, match="without a total"):
        wire.balance(answer({"subscription": 10}))
