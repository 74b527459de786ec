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
from bot.domain.request import Generation, GenerationState, Reason, Request, Selection, State
from tests.domain.makers import NOW, a_generation, a_request, a_sequence, a_video, an_order


def wished(selection: Selection, *agreed: Reason) -> object:
    return an_order(selection=selection, agreed=agreed, most=2 if selection.failed else None)


def generations(order: object, video: object, **known: object) -> tuple[Generation, ...]:
    return checking.generations(order, Checked(video, **known))  # type: ignore[arg-type]


def positions(order: object, video: object) -> list[int]:
    return [each.position for each in generations(order, video)]


def test_a_position_counts_from_one_and_the_sequence_is_kept_as_it_is_now():
    first = a_sequence(1)
    second = a_sequence(2, "error", effect="AUTO_EFFECTS", url="https://e.com/2.jpg")
    video = a_video(sequences=(first, second))

    assert generations(wished(Selection((2,))), video) == (
        Generation("sequence-2", 2, "error", effect="AUTO_EFFECTS", url="https://e.com/2.jpg"),
    )


def test_an_id_finds_its_position():
    assert positions(
        wished(Selection(ids=("sequence-2",))), a_video("DONE", "success", "success")
    ) == [2]


def test_failed_means_every_sequence_in_error():
    video = a_video("DONE", "error", "success", "error")

    assert positions(wished(Selection(failed=True), Reason.SEVERAL), video) == [1, 3]


def test_failed_where_none_has_is_explained():
    with pytest.raises(NothingFailed):
        generations(wished(Selection(failed=True)), a_video("DONE", "success"))


def test_failed_where_no_status_is_known_is_not_ready():
    with pytest.raises(NotReady):
        generations(wished(Selection(failed=True)), a_video("RENDERING_VIDEO", "", ""))


@pytest.mark.parametrize(
    ("selection", "asked"),
    [
        (Selection((3,)), "3"),
        (Selection((1, 7)), "7"),
        (Selection(ids=("sequence-9",)), "sequence-9"),
    ],
)
def test_a_sequence_that_is_not_there_is_explained_with_how_many_there_are(selection, asked):
    with pytest.raises(NoSuchSequence) as missing:
        generations(wished(selection), a_video("DONE", "success", "success"))

    assert missing.value == NoSuchSequence("video-1", asked, 2)


@pytest.mark.parametrize("sequences", [None, ()])
def test_a_video_that_shows_no_sequences_is_not_ready(sequences):
    with pytest.raises(NotReady) as not_ready:
        generations(wished(Selection((1,))), a_video("GENERATING_VIDEO", sequences=sequences))

    assert not_ready.value.status == "GENERATING_VIDEO"


def test_a_sequence_without_a_readable_id_is_not_ready():
    unreadable = a_video(sequences=(a_sequence(1), a_sequence(2), a_sequence(3)))
    nameless = a_video(sequences=(a_sequence(1), type(a_sequence(2))("", "success")))

    assert positions(wished(Selection((2,))), unreadable) == [2]
    with pytest.raises(NotReady):
        generations(wished(Selection((2,))), nameless)


def test_a_sequence_named_twice_is_paid_for_once():
    video = a_video("DONE", "success", "success")

    assert positions(wished(Selection((2, 2), ids=("sequence-2",))), video) == [2]


def test_a_sequence_listed_twice_is_paid_for_once():
    video = a_video(sequences=(a_sequence(1, "error"), a_sequence(1, "error")))

    assert positions(wished(Selection(failed=True)), video) == [1]


def test_all_failures_are_meant_however_many_and_a_yes_is_to_so_many_of_them():
    video = a_video("DONE", *["error"] * 300)
    agreed = an_order(selection=Selection(failed=True), agreed=("several",), most=300)

    assert positions(agreed, video) == list(range(1, 301))
    with pytest.raises(AskFirst) as asking:
        generations(replace(agreed, most=299), video)
    assert len(asking.value.positions) == 300


@pytest.mark.parametrize("status", ["RENDERING_VIDEO", "START_RENDERING_VIDEO"])
def test_an_id_in_a_video_that_renders_unseen_is_iacreas_to_judge(status):
    order, video = wished(Selection(ids=("sequence-7",)), Reason.RENDERING), a_video(status)

    assert generations(order, video) == (Generation("sequence-7", 0, ""),)
    with pytest.raises(AskFirst):
        generations(wished(Selection(ids=("sequence-7",))), video)
    with pytest.raises(NotReady):
        generations(wished(Selection((7,))), video)
    with pytest.raises(NotReady):
        generations(order, a_video("PENDING"))


@pytest.mark.parametrize(
    ("selection", "video", "asked"),
    [
        (Selection((1, 2)), a_video("DONE", "success", "error"), AskFirst(("several",), (1, 2))),
        (
            Selection((1,)),
            a_video("RENDERING_VIDEO", "success", progress=0.4),
            AskFirst(("rendering",), (1,), progress=0.4),
        ),
        (
            Selection((1,)),
            a_video("START_RENDERING_VIDEO", "success"),
            AskFirst(("rendering",), (1,)),
        ),
        (
            Selection((2,)),
            a_video("PENDING", "success", "pending"),
            AskFirst(("pending",), (2,), (2,)),
        ),
        (
            Selection((1, 2)),
            a_video("RENDERING_VIDEO", "pending", "success"),
            AskFirst(("several", "rendering", "pending"), (1, 2), (1,)),
        ),
    ],
)
def test_the_person_is_asked_before_more_is_spent_or_undone_than_expected(selection, video, asked):
    with pytest.raises(AskFirst) as asking:
        generations(wished(selection), video)

    assert asking.value == asked
    assert generations(wished(selection, *asked.reasons), video)


@pytest.mark.parametrize("left", [0, 0.0, -1])
def test_with_no_credits_left_nothing_is_begun(left):
    video = a_video("DONE", "success", credits_left=left)

    with pytest.raises(NoCredits):
        generations(wished(Selection((1,))), video)
    assert generations(an_order(1, watch=True), video), "watching costs nothing"


@pytest.mark.parametrize("left", [None, 0.5, 12])
def test_unless_iacrea_says_itself_that_none_is_left_it_is_tried(left):
    assert positions(wished(Selection((1,))), a_video("DONE", "success", credits_left=left)) == [1]


def test_having_agreed_to_one_thing_is_not_having_agreed_to_another():
    video = a_video("RENDERING_VIDEO", "success", "success")

    with pytest.raises(AskFirst):
        generations(wished(Selection((1, 2)), Reason.SEVERAL), video)


@pytest.mark.parametrize("status", ["DONE", "FAILED", "GENERATING_VIDEO", "PENDING", "ODD"])
def test_one_settled_sequence_is_not_asked_about(status):
    assert positions(wished(Selection((1,))), a_video(status, "success", "pending")) == [1]


SENT = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING))
"""Sequence 2, at NOW."""


def since(*others: Request, **changes: object) -> tuple[Repetition, ...]:
    return repetitions(an_order(**{"since": NOW - 60, **changes}), others)


def test_a_yes_to_an_old_question_does_not_know_of_what_was_started_since():
    video = a_video("DONE", "success", "success")

    with pytest.raises(AskFirst) as asking:
        generations(an_order(2), video, since=since(SENT))
    assert generations(an_order(1), video, since=since(SENT)), "another sequence"
    assert (asking.value.reasons, asking.value.repeated) == (("repeated",), 1)
    assert asking.value.request == SENT.id


def test_a_yes_to_cancel_a_render_is_none_to_one_that_began_since():
    video = a_video("RENDERING_VIDEO", "success", "success")

    assert generations(an_order(1), video)
    with pytest.raises(AskFirst) as asking:
        generations(an_order(1), video, since=since(SENT))
    assert asking.value.reasons == ("rendering",)


@pytest.mark.parametrize(
    ("other", "changes"),
    [
        (SENT, {"since": None}),
        (SENT, {"since": NOW}),
        (SENT, {"over": SENT.id}),
        (replace(SENT, order=an_order(watch=True)), {}),
        (a_request(State.CHECKED, a_generation(2)), {}),
        (a_request(State.ENDED, a_generation(2, GenerationState.REFUSED)), {}),
    ],
    ids=["never asked", "before", "agreed to", "only watched", "not sent", "refused"],
)
def test_what_was_known_or_cost_nothing_was_not_started_since(other, changes):
    assert since(other, **changes) == ()


@pytest.mark.parametrize(
    ("selection", "known"),
    [
        (Selection((2, 3)), True),
        (Selection(ids=("sequence-2",)), True),
        (Selection(failed=True), False),
        (Selection((1,)), False),
    ],
)
def test_before_anybody_looks_at_the_video_what_is_wanted_is_known_by_position_or_id(
    selection, known
):
    assert bool(wanted(an_order(selection=selection), since(SENT))) is known
    failed = replace(SENT, generations=(a_generation(2, GenerationState.RUNNING, status="error"),))
    assert wanted(an_order(selection=Selection(failed=True)), since(failed))
