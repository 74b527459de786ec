"""The line of those that wait for a render: who is next, for what, and what ends the waiting."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import events, line
from bot.domain.errors import IACreaUnavailable, NoCredits, NoSuchSequence, NoSuchVideo
from bot.domain.line_problems import StartedMeanwhile, WaitedInVain
from bot.domain.repetition import Repetition
from bot.domain.request import GenerationState, Outcome, Request, Selection, State
from bot.domain.video import Receipt, Video
from tests.domain.makers import (
    ALL_WELL,
    NOW,
    a_generation,
    a_request,
    a_video,
    after,
    an_order,
    seen,
    states,
)

RENDERING = a_video("RENDERING_VIDEO", *ALL_WELL, progress=0.6)
DONE = a_video("DONE", *ALL_WELL)
STUCK = a_video("GENERATING_VIDEO", "success", "error", "success")


def waiting(name: str = "request-1", at: float = NOW, **changes: object) -> Request:
    """In line since NOW, for half an hour at most."""
    fields: dict[str, object] = {
        "order": an_order(2, after_render=True),
        "video_status": "RENDERING_VIDEO",
        "deadline": NOW + 1800,
    }
    request = replace(a_request(State.IN_LINE, a_generation(2)), **fields | changes)  # type: ignore[arg-type]
    return replace(request, id=name, origin=replace(request.origin, at=at))


def running(*, watch: bool = False, state: State = State.PENDING) -> Request:
    running = a_request(state, a_generation(1, GenerationState.RUNNING))
    return replace(running, id="other", order=replace(running.order, watch=watch))


def test_it_is_announced_then_waits_for_as_long_as_a_generation_is_watched() -> None:
    request = a_request(order=an_order(2, agreed=(), after_render=True))

    request = after(request, events.Checked(RENDERING), events.Announced("1.2"))

    assert (request.state, request.deadline, states(request)) == (
        State.IN_LINE,
        NOW + 1800,
        [GenerationState.WAITING],
    )
    assert request.notice is None


def test_who_waits_has_agreed_to_no_other_thing() -> None:
    request = a_request(order=an_order(1, 2, agreed=(), after_render=True))

    asked = after(request, events.Checked(RENDERING))

    assert asked.outcome is Outcome.REJECTED
    assert "several" in getattr(asked.problem, "reasons", ())


@pytest.mark.parametrize(
    ("video", "over"),
    [
        (a_video("PENDING"), False),
        (a_video("PENDING", "error", "success"), False),
        (a_video("GENERATING_VIDEO", "pending", "error"), False),
        (a_video("GENERATING_VIDEO", "success", "success"), False),
        (a_video("GENERATING_VIDEO"), False),
        (STUCK, True),
        (a_video("START_RENDERING_VIDEO", "success", "error"), False),
        (a_video("RENDERING_VIDEO"), False),
        (a_video("UPSCALING_VIDEO", "success"), False),
        (a_video("FAILED", "error"), True),
        (a_video("DONE"), True),
    ],
)
def test_a_render_is_over_where_none_is_in_progress_and_none_follows(
    video: Video, over: bool
) -> None:
    assert line.over(video) is over
    assert (line.next_up([waiting(stood=3)], video) is not None) is over


def test_an_error_is_not_believed_before_it_stood_for_three_polls() -> None:
    request = waiting()
    turns = []
    for _ in range(4):
        turns.append(line.next_up([request], STUCK) is not None)
        request = after(request, events.Seen(STUCK, NOW))

    assert turns == [False, False, False, True]
    assert after(request, seen("GENERATING_VIDEO", "success", "pending")).stood == 0


def test_the_one_that_came_first_is_next_whatever_order_redis_has_them_in() -> None:
    requests = [waiting("a", at=NOW + 2), waiting("b", at=NOW), waiting("c", at=NOW + 1)]

    for order in permutations(requests):
        assert line.next_up(order, DONE) is requests[1]
        assert [line.ahead_of(each, order) for each in requests] == [2, 0, 1]


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.SUBMITTING, State.PENDING])
def test_nobody_has_a_turn_while_another_is_under_way(state: State) -> None:
    assert line.next_up([waiting(), running(state=state)], DONE) is None


def test_whoever_only_watches_is_in_nobodys_way() -> None:
    assert line.next_up([running(watch=True), waiting()], DONE) is not None


@given(st.permutations(range(5)))
def test_all_in_line_are_sent_one_after_the_other_in_the_order_they_came(came: list[int]) -> None:
    requests = {f"r{at}": waiting(f"r{at}", at=NOW + at) for at in came}
    sent = []
    for _ in range(40):
        first = line.next_up([each for each in requests.values() if not each.ended], DONE)
        under_way = [each for each in requests.values() if each.state is State.PENDING]
        if first is not None:
            assert not under_way
            happened = (
                events.TurnCame(),
                events.Checked(DONE),
                events.Sending(),
                events.Submitted(Receipt()),
            )
            requests[first.id] = after(first, *happened)
            sent.append(first.id)
        for each in under_way:
            requests[each.id] = after(each, seen("DONE", *ALL_WELL, at=NOW + 60), now=NOW + 60)

    assert sent == ["r0", "r1", "r2", "r3", "r4"]


def test_one_whose_video_renders_again_by_then_is_back_in_line_and_keeps_its_deadline() -> None:
    request = after(waiting(), events.TurnCame(), events.Checked(RENDERING), now=NOW + 900)

    assert (request.state, request.deadline) == (State.IN_LINE, NOW + 1800)


def test_it_is_sent_as_the_sequence_is_by_then() -> None:
    ended = a_video("DONE", "success", "success", url="https://e.com/new.mp4", credits_left=7)
    old = waiting(generations=(replace(a_generation(2, status="", effect="OLD"), position=0),))

    request = after(old, events.TurnCame(), events.Checked(ended))

    [generation] = request.generations
    assert (request.state, request.video_status) == (State.ANNOUNCED, "DONE")
    assert (generation.position, generation.status, generation.effect) == (2, "success", None)
    assert request.credits_left == 7


@pytest.mark.parametrize(
    ("checked", "problem"),
    [
        (events.Checked(replace(DONE, credits_left=0)), NoCredits()),
        (events.Checked(a_video("DONE", "success")), NoSuchSequence("video-1", "sequence-2", 1)),
        (
            events.Checked(DONE, since=(Repetition("r9", (a_generation(2),)),)),
            StartedMeanwhile(),
        ),
        (events.Rejected(IACreaUnavailable()), IACreaUnavailable()),
    ],
)
def test_what_is_wrong_by_then_is_told_in_its_thread_and_nothing_is_spent(
    checked: events.Event, problem: Exception
) -> None:
    request = after(waiting(), events.TurnCame(), checked)

    assert (request.state, request.outcome) == (State.ENDED, Outcome.REJECTED)
    assert request.problem == problem
    assert request.message is not None


def test_what_was_started_on_other_sequences_is_no_reason_not_to_send_it() -> None:
    others = (Repetition("r9", (a_generation(1),)),)
    request = after(waiting(), events.TurnCame(), events.Checked(DONE, since=others))

    assert request.state is State.ANNOUNCED


def test_what_failed_when_it_was_asked_stays_what_is_regenerated() -> None:
    order = an_order(selection=Selection(failed=True), after_render=True, most=2)
    request = waiting(order=order, generations=(a_generation(1), a_generation(3)))
    later = a_video("DONE", "error", "error", "success")

    request = after(request, events.TurnCame(), events.Checked(later))

    assert [each.position for each in request.generations] == [1, 3]


@pytest.mark.parametrize("happened", [(), (events.TurnCame(),)])
def test_when_the_time_is_over_nothing_was_spent(happened: tuple[events.Event, ...]) -> None:
    request = after(waiting(), *happened)

    assert after(request, events.TimedOut(), now=NOW + 1799) == request
    late = after(request, events.TimedOut(), now=NOW + 1800)
    assert (late.state, late.problem, late.outcome) == (
        State.ENDED,
        WaitedInVain(30),
        Outcome.REJECTED,
    )


def test_a_video_that_is_gone_for_three_polls_is_waited_for_no_longer() -> None:
    gone = [events.Gone()] * 3

    assert after(waiting(), *gone[:2]).state is State.IN_LINE
    assert after(waiting(), *gone).problem == NoSuchVideo("video-1")


@given(st.lists(st.sampled_from(["gone", "stuck", "at work"]), max_size=12))
def test_polls_that_are_not_found_and_polls_that_stand_still_are_counted_apart(
    polls: list[str],
) -> None:
    looks = {"gone": events.Gone(), "stuck": events.Seen(STUCK, NOW)}
    request, gone, stood = waiting(), 0, 0
    for poll in polls:
        request = after(request, looks.get(poll, seen("GENERATING_VIDEO", "pending")))
        gone = gone + 1 if poll == "gone" else 0
        # A 404 tells nothing of how far the video is.
        stood = {"gone": stood, "stuck": stood + 1}.get(poll, 0)
        assert (request.problem == NoSuchVideo("video-1")) is (gone >= 3)
        if request.ended:
            return
        assert (line.next_up([request], STUCK) is not None) is (stood >= 3)


@pytest.mark.parametrize("answer", [events.Throttled(), events.NotSent()])
def test_a_post_that_was_not_accepted_is_checked_again_before_it_is_sent_again(
    answer: events.Event,
) -> None:
    sent = after(waiting(), events.TurnCame(), events.Checked(DONE), events.Sending())

    again = after(sent, answer)

    assert (again.state, states(again)) == (State.ANNOUNCED, [GenerationState.WAITING])
    assert after(again, events.Checked(RENDERING)).state is State.IN_LINE


def test_once_one_of_its_sequences_was_sent_the_others_follow() -> None:
    two = waiting(generations=(a_generation(2), a_generation(3)))
    sent = after(two, events.TurnCame(), events.Sending(), events.Submitted(Receipt()))

    assert after(sent, events.Sending(), events.Throttled()).state is State.SUBMITTING


def test_it_took_as_long_as_it_took_from_being_sent() -> None:
    assert line.began(waiting(at=NOW - 900)) == NOW - 900
    sent = waiting(at=NOW - 900, generations=(a_generation(2, GenerationState.DONE),))
    assert line.began(sent) == NOW


@pytest.mark.parametrize(
    ("state", "status", "waits"),
    [
        (State.CHECKED, "RENDERING_VIDEO", True),
        (State.CHECKED, "GENERATING_VIDEO", True),
        (State.CHECKED, "DONE", False),
        (State.IN_LINE, "DONE", True),
        (State.ANNOUNCED, "RENDERING_VIDEO", False),
    ],
)
def test_its_card_says_that_it_waits_while_it_does(state: State, status: str, waits: bool) -> None:
    assert line.waits(waiting(state=state, video_status=status)) is waits
