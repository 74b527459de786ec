"""The check before spending."""

from dataclasses import replace

import pytest

from bot.domain import checking
from bot.domain.errors import (
    AskFirst,
    NoCredits,
    NoSuchSequence,
    NothingFailed,
    NotReady,
)
from bot.domain.events import Checked
from bot.domain.repetition import Repetition, repetitions, wanted
from bot.domain.request import Pick, Reason, Request, State, Take, TakeState
from tests.domain.makers import NOW, a_request, a_sequence, a_take, a_video, a_wish


def wished(pick: Pick, *agreed: Reason) -> object:
    return a_wish(pick=pick, agreed=agreed, most=2 if pick.failed else None)


def takes(wish: object, video: object, **known: object) -> tuple[Take, ...]:
    return checking.takes(wish, Checked(video, **known))  # type: ignore[arg-type]


def positions(wish: object, video: object) -> list[int]:
    return [take.position for take in takes(wish, video)]


def test_a_position_counts_from_one_and_the_sequence_is_kept_as_it_is_now():
    first = a_sequence(1)
    second = a_sequence(2, "error", effect="AUTO_EFFECTS", url="https://e.com/2.jpg")
    video = a_video(sequences=(first, second))

    assert takes(wished(Pick((2,))), video) == (
        Take("sequence-2", 2, "error", effect="AUTO_EFFECTS", url="https://e.com/2.jpg"),
    )


def test_an_id_finds_its_position():
    assert positions(wished(Pick(ids=("sequence-2",))), a_video("DONE", "success", "success")) == [
        2
    ]


def test_failed_means_every_sequence_in_error():
    video = a_video("DONE", "error", "success", "error")

    assert positions(wished(Pick(failed=True), Reason.SEVERAL), video) == [1, 3]


def test_failed_where_none_has_is_explained():
    with pytest.raises(NothingFailed):
        takes(wished(Pick(failed=True)), a_video("DONE", "success"))


def test_failed_where_no_status_is_known_is_not_ready():
    with pytest.raises(NotReady):
        takes(wished(Pick(failed=True)), a_video("RENDERING_VIDEO", "", ""))


@pytest.mark.parametrize(
    ("pick", "asked"),
    [(Pick((3,)), "3"), (Pick((1, 7)), "7"), (Pick(ids=("sequence-9",)), "sequence-9")],
)
def test_a_sequence_that_is_not_there_is_explained_with_how_many_there_are(pick, asked):
    with pytest.raises(NoSuchSequence) as missing:
        takes(wished(pick), a_video("DONE", "success", "success"))

    assert missing.value == NoSuchSequence("video-1", asked, 2)


@pytest.mark.parametrize("sequences", [None, ()])
def test_a_video_that_shows_no_sequences_is_not_ready(sequences):
    with pytest.raises(NotReady) as not_ready:
        takes(wished(Pick((1,))), a_video("GENERATING_VIDEO", sequences=sequences))

    assert not_ready.value.status == "GENERATING_VIDEO"


def test_a_sequence_without_a_readable_id_is_not_ready():
    unreadable = a_video(sequences=(a_sequence(1), a_sequence(2), a_sequence(3)))
    nameless = a_video(sequences=(a_sequence(1), type(a_sequence(2))("", "success")))

    assert positions(wished(Pick((2,))), unreadable) == [2]
    with pytest.raises(NotReady):
        takes(wished(Pick((2,))), nameless)


def test_a_sequence_named_twice_is_paid_for_once():
    video = a_video("DONE", "success", "success")

    assert positions(wished(Pick((2, 2), ids=("sequence-2",))), video) == [2]


def test_a_sequence_listed_twice_is_paid_for_once():
    video = a_video(sequences=(a_sequence(1, "error"), a_sequence(1, "error")))

    assert positions(wished(Pick(failed=True)), video) == [1]


def test_all_failures_are_meant_however_many_and_a_yes_is_to_so_many_of_them():
    video = a_video("DONE", *["error"] * 300)
    agreed = a_wish(pick=Pick(failed=True), agreed=("several",), most=300)

    assert positions(agreed, video) == list(range(1, 301))
    with pytest.raises(AskFirst) as asking:
        takes(replace(agreed, most=299), video)
    assert len(asking.value.positions) == 300


@pytest.mark.parametrize("status", ["RENDERING_VIDEO", "START_RENDERING_VIDEO"])
def test_an_id_in_a_video_that_renders_unseen_is_iacreas_to_judge(status):
    wish, video = wished(Pick(ids=("sequence-7",)), Reason.RENDERING), a_video(status)

    assert takes(wish, video) == (Take("sequence-7", 0, ""),)
    with pytest.raises(AskFirst):
        takes(wished(Pick(ids=("sequence-7",))), video)
    with pytest.raises(NotReady):
        takes(wished(Pick((7,))), video)
    with pytest.raises(NotReady):
        takes(wish, a_video("PENDING"))


@pytest.mark.parametrize(
    ("pick", "video", "asked"),
    [
        (Pick((1, 2)), a_video("DONE", "success", "error"), AskFirst(("several",), (1, 2))),
        (
            Pick((1,)),
            a_video("RENDERING_VIDEO", "success", progress=0.4),
            AskFirst(("rendering",), (1,), progress=0.4),
        ),
        (Pick((1,)), a_video("START_RENDERING_VIDEO", "success"), AskFirst(("rendering",), (1,))),
        (Pick((2,)), a_video("PENDING", "success", "pending"), AskFirst(("pending",), (2,), (2,))),
        (
            Pick((1, 2)),
            a_video("RENDERING_VIDEO", "pending", "success"),
            AskFirst(("several", "rendering", "pending"), (1, 2), (1,)),
        ),
    ],
)
def test_the_person_is_asked_before_more_is_spent_or_undone_than_expected(pick, video, asked):
    with pytest.raises(AskFirst) as asking:
        takes(wished(pick), video)

    assert asking.value == asked
    assert takes(wished(pick, *asked.reasons), video)


@pytest.mark.parametrize("left", [0, 0.0, -1])
def test_with_no_credits_left_nothing_is_begun(left):
    video = a_video("DONE", "success", credits_left=left)

    with pytest.raises(NoCredits):
        takes(wished(Pick((1,))), video)
    assert takes(a_wish(1, watch=True), video), "watching costs nothing"


@pytest.mark.parametrize("left", [None, 0.5, 12])
def test_unless_iacrea_says_itself_that_none_is_left_it_is_tried(left):
    assert positions(wished(Pick((1,))), a_video("DONE", "success", credits_left=left)) == [1]


def test_having_agreed_to_one_thing_is_not_having_agreed_to_another():
    video = a_video("RENDERING_VIDEO", "success", "success")

    with pytest.raises(AskFirst):
        takes(wished(Pick((1, 2)), Reason.SEVERAL), video)


@pytest.mark.parametrize("status", ["DONE", "FAILED", "GENERATING_VIDEO", "PENDING", "ODD"])
def test_one_settled_sequence_is_not_asked_about(status):
    assert positions(wished(Pick((1,))), a_video(status, "success", "pending")) == [1]


SENT = a_request(State.PENDING, a_take(2, TakeState.RUNNING))
"""Sequence 2, at NOW."""


def since(*others: Request, **changes: object) -> tuple[Repetition, ...]:
    return repetitions(a_wish(**{"since": NOW - 60, **changes}), others)


def test_a_yes_to_an_old_question_does_not_know_of_what_was_started_since():
    video = a_video("DONE", "success", "success")

    with pytest.raises(AskFirst) as asking:
        takes(a_wish(2), video, since=since(SENT))
    assert takes(a_wish(1), video, since=since(SENT)), "another sequence"
    assert (asking.value.reasons, asking.value.repeated) == (("repeated",), 1)
    assert asking.value.request == SENT.id


def test_a_yes_to_cancel_a_render_is_none_to_one_that_began_since():
    video = a_video("RENDERING_VIDEO", "success", "success")

    assert takes(a_wish(1), video)
    with pytest.raises(AskFirst) as asking:
        takes(a_wish(1), video, since=since(SENT))
    assert asking.value.reasons == ("rendering",)


@pytest.mark.parametrize(
    ("other", "changes"),
    [
        (SENT, {"since": None}),
        (SENT, {"since": NOW}),
        (SENT, {"over": SENT.id}),
        (replace(SENT, wish=a_wish(watch=True)), {}),
        (a_request(State.CHECKED, a_take(2)), {}),
        (a_request(State.ENDED, a_take(2, TakeState.REFUSED)), {}),
    ],
    ids=["never asked", "before", "agreed to", "only watched", "not sent", "refused"],
)
def test_what_was_known_or_cost_nothing_was_not_started_since(other, changes):
    assert since(other, **changes) == ()


@pytest.mark.parametrize(
    ("pick", "known"),
    [
        (Pick((2, 3)), True),
        (Pick(ids=("sequence-2",)), True),
        (Pick(failed=True), False),
        (Pick((1,)), False),
    ],
)
def test_before_anybody_looks_at_the_video_what_is_wanted_is_known_by_position_or_id(pick, known):
    assert bool(wanted(a_wish(pick=pick), since(SENT))) is known
    failed = replace(SENT, takes=(a_take(2, TakeState.RUNNING, status="error"),))
    assert wanted(a_wish(pick=Pick(failed=True)), since(failed))
