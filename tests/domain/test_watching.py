"""The state machine while IACrea works: stale answers, errors that last, lost POSTs, the end."""

import pytest

from bot.domain import events
from bot.domain.errors import NoSuchVideo
from bot.domain.lifecycle import advance
from bot.domain.request import GenerationState, Outcome, Request, State
from bot.domain.timing import Timing
from bot.domain.video import Sequence
from tests.domain.makers import (
    ALL_WELL,
    NOW,
    a_generation,
    a_request,
    a_sequence,
    a_video,
    after,
    an_order,
    seen,
    states,
)

RUNNING, EXPIRED, LOST = GenerationState.RUNNING, GenerationState.EXPIRED, GenerationState.LOST


def running(**changes: object) -> Request:
    return a_request(State.PENDING, a_generation(2, RUNNING), **changes)


def test_a_done_right_after_the_post_is_stale_and_not_an_outcome():
    assert after(running(), seen("DONE", *ALL_WELL)).state is State.PENDING


def test_a_done_after_the_video_has_left_done_is_the_outcome():
    changed = (a_sequence(1), a_sequence(2, url="https://e.com/new.jpg"))
    done = events.Seen(
        a_video(sequences=changed, url="https://e.com/v.mp4", credits_left=5), NOW + 60
    )

    ended = after(running(), seen("PENDING"), seen("RENDERING_VIDEO"), done, now=NOW + 61)

    assert (ended.state, ended.outcome) == (State.ENDED, Outcome.DONE)
    assert (ended.video_url, ended.credits_left) == ("https://e.com/v.mp4", 5)
    assert ended.generations[0].new_url == "https://e.com/new.jpg"
    assert ended.ended_at == NOW + 61


def test_a_done_with_a_changed_sequence_is_the_outcome_though_nobody_saw_it_leave():
    changed = a_sequence(2, url="https://e.com/new.jpg")

    ended = after(running(), events.Seen(a_video(sequences=(a_sequence(1), changed)), NOW + 1))

    assert ended.outcome is Outcome.DONE
    assert ended.ended


def test_a_done_that_stands_past_the_grace_is_believed():
    assert not after(running(), seen("DONE", *ALL_WELL, at=NOW + 19.9)).ended
    assert after(running(), seen("DONE", *ALL_WELL, at=NOW + 20)).outcome is Outcome.DONE


def test_the_grace_is_no_longer_than_the_timeout():
    request = running()
    early, late = seen("DONE", *ALL_WELL, at=NOW + 4), seen("DONE", *ALL_WELL, at=NOW + 5)

    assert not advance(request, early, Timing(NOW + 4, timeout=5)).ended
    assert advance(request, late, Timing(NOW + 5, timeout=5)).ended


def test_a_poll_that_began_before_the_post_was_answered_says_nothing():
    before = seen("PENDING", at=NOW - 0.1)

    assert after(running(), before, before, seen("DONE", *ALL_WELL)).state is State.PENDING


def test_a_render_that_was_in_progress_before_is_not_taken_for_the_new_one():
    request = running(video_status="RENDERING_VIDEO")

    request = after(request, seen("RENDERING_VIDEO", progress=0.9), seen("DONE", *ALL_WELL))
    assert not request.ended
    assert after(request, seen("PENDING"), seen("DONE", *ALL_WELL)).outcome is Outcome.DONE


def test_done_without_its_sequences_is_done():
    assert after(running(), seen("PENDING"), seen("DONE")).outcome is Outcome.DONE


def test_done_waits_for_a_sequence_that_is_still_pending_but_not_for_ever():
    request = after(running(), seen("PENDING"), seen("DONE", "success", "pending"))

    assert not request.ended
    assert after(request, seen("DONE", "success", "pending", at=NOW + 20)).ended


def test_an_error_while_the_video_is_pending_is_transient():
    transient = [seen("PENDING", "success", "error")] * 10

    request = after(running(), *transient)

    assert (states(request), request.generations[0].error_polls) == ([RUNNING], 0)


@pytest.mark.parametrize("status", ["GENERATING_VIDEO", "RENDERING_VIDEO", "DONE", "FAILED", "ODD"])
def test_an_error_in_any_other_status_is_a_failure_at_the_third_poll(status):
    error = seen(status, "success", "error")
    request = after(running(), seen("PENDING"), error, error)

    assert not request.ended
    assert after(request, error).outcome is Outcome.FAILED


@pytest.mark.parametrize(
    "between", [seen("PENDING", "success", "error"), seen("GENERATING_VIDEO", "success", "pending")]
)
def test_an_error_that_did_not_last_is_forgotten(between):
    error = seen("GENERATING_VIDEO", "success", "error")

    request = after(running(), seen("PENDING"), error, error, between, error, error)

    assert not request.ended


def test_the_error_from_before_a_retry_is_not_the_retrys():
    failed = a_generation(2, RUNNING, status="error")
    request = a_request(State.PENDING, failed, video_status="FAILED")
    stale = seen("FAILED", "success", "error")

    request = after(request, stale, stale, stale)
    assert not request.ended
    assert after(request, seen("PENDING"), seen("DONE", *ALL_WELL)).outcome is Outcome.DONE


def test_a_failed_video_is_a_failure_of_its_sequences():
    assert after(running(), seen("PENDING"), seen("FAILED", *ALL_WELL)).outcome is Outcome.FAILED


def test_a_status_that_nobody_documented_is_watched_on():
    request = after(running(), *[seen("POLISHING", *ALL_WELL)] * 5)

    assert not request.ended
    assert after(request, seen("DONE", *ALL_WELL)).outcome is Outcome.DONE


def test_the_sequence_of_a_video_whose_other_sequence_fails_is_told_apart():
    generations = a_generation(1, RUNNING), a_generation(2, RUNNING)
    request = after(a_request(State.PENDING, *generations), seen("PENDING"))

    error = seen("GENERATING_VIDEO", "pending", "error")
    request = after(request, error, error, error)
    assert states(request) == [RUNNING, GenerationState.FAILED]
    assert request.state is State.PENDING
    request = after(request, seen("DONE", "success", "error"))

    assert states(request) == [GenerationState.DONE, GenerationState.FAILED]
    assert (request.state, request.outcome) == (State.ENDED, Outcome.FAILED)


# --- a lost answer ---


def lost(**changes: object) -> Request:
    return a_request(State.PENDING, a_generation(2, LOST, **changes))


@pytest.mark.parametrize(
    "shown",
    [
        Sequence("sequence-2", "pending"),
        Sequence("sequence-2", "success", effect="CAMERA_PUSH_OUT"),
        Sequence("sequence-2", "success", url="https://e.com/new.jpg"),
    ],
)
def test_a_lost_post_that_shows_on_its_sequence_has_landed_and_is_followed(shown):
    video = a_video("GENERATING_VIDEO", sequences=(a_sequence(1), shown))

    landed = after(lost(), events.Seen(video, NOW + 1))

    assert states(landed) == [RUNNING]
    assert after(landed, seen("DONE", *ALL_WELL, at=NOW + 9)).outcome is Outcome.DONE


def test_a_lost_post_on_a_sequence_that_was_pending_before_is_followed_not_offered_again():
    request = lost(status="pending")

    request = after(request, seen("GENERATING_VIDEO", "success", "pending", at=NOW + 25))

    assert states(request) == [RUNNING]


@pytest.mark.parametrize(("shown", "state"), [("pending", RUNNING), ("success", LOST)])
def test_where_nothing_is_known_from_before_only_a_pending_sequence_shows_a_lost_post(shown, state):
    request = after(lost(status=""), seen("GENERATING_VIDEO", "success", shown))

    assert states(request) == [state]


def test_where_nothing_is_known_from_before_a_done_right_after_the_post_is_stale_too():
    request = a_request(State.PENDING, a_generation(2, RUNNING, status=""))

    assert after(request, seen("DONE", *ALL_WELL)).state is State.PENDING


def test_a_lost_post_that_shows_nothing_within_the_grace_does_not_seem_to_have_started():
    request = after(lost(), seen("DONE", *ALL_WELL, at=NOW + 19))
    assert states(request) == [LOST]

    request = after(request, seen("DONE", *ALL_WELL, at=NOW + 20))

    assert states(request) == [GenerationState.NOT_STARTED]
    assert (request.state, request.outcome) == (State.ENDED, Outcome.UNCLEAR)


def test_a_lost_post_is_not_given_up_on_answers_that_do_not_show_its_sequence():
    hidden = seen("RENDERING_VIDEO", at=NOW + 60)

    request = after(lost(), hidden, hidden)

    assert states(request) == [LOST]
    assert after(request, events.TimedOut(), now=NOW + 1800).outcome is Outcome.UNCLEAR


def test_one_lost_post_of_several_does_not_hide_what_became_of_the_others():
    generations = a_generation(1, RUNNING), a_generation(2, LOST)
    request = a_request(State.PENDING, *generations)

    request = after(request, seen("DONE", *ALL_WELL, at=NOW + 21))

    assert states(request) == [GenerationState.DONE, GenerationState.NOT_STARTED]
    assert request.outcome is Outcome.UNCLEAR


def test_a_video_that_is_gone_is_believed_at_the_third_404():
    request = after(running(), events.Gone(), events.Gone())
    assert not request.ended

    request = after(request, events.Gone())

    assert (request.state, request.outcome) == (State.ENDED, Outcome.FAILED)
    assert request.problem == NoSuchVideo("video-1")


def test_an_answer_between_two_404s_starts_the_count_again():
    request = after(running(), events.Gone(), events.Gone(), seen("PENDING"), events.Gone())

    assert (request.tries, request.ended) == (1, False)


def test_at_the_deadline_the_bot_stops_watching_and_not_before():
    request = running()
    assert after(request, events.TimedOut(), now=NOW + 1799) == request

    ended = after(request, events.TimedOut(), now=NOW + 1800)

    assert (ended.state, ended.outcome) == (State.ENDED, Outcome.EXPIRED)


def test_what_was_done_before_the_deadline_stays_done():
    generations = a_generation(1, GenerationState.DONE), a_generation(2, RUNNING)

    ended = after(a_request(State.PENDING, *generations), events.TimedOut(), now=NOW + 1800)

    assert states(ended) == [GenerationState.DONE, EXPIRED]
    assert ended.outcome is Outcome.EXPIRED


def test_told_to_stop_the_bot_watches_no_more_and_knows_who_said_so():
    each = (GenerationState.DONE, RUNNING, LOST)
    generations = tuple(a_generation(n, state) for n, state in enumerate(each, start=1))

    stopped = after(a_request(State.PENDING, *generations), events.Stopped("U2"))

    assert states(stopped) == [
        GenerationState.DONE,
        GenerationState.STOPPED,
        GenerationState.STOPPED,
    ]
    assert (stopped.state, stopped.outcome) == (State.ENDED, Outcome.STOPPED)
    assert stopped.stopped_by == "U2"


@pytest.mark.parametrize(
    "state", [State.ACCEPTED, State.ANNOUNCED, State.SUBMITTING, State.ENDED, State.TOLD]
)
def test_only_what_is_watched_can_be_told_to_stop(state):
    request = a_request(state, a_generation(2, GenerationState.SENDING))

    assert after(request, events.Stopped("U2")) == request


def test_keeping_on_watching_sends_nothing_and_believes_what_it_sees_at_once():
    request = a_request(order=an_order(watch=True, agreed=()))
    found = events.Checked(a_video("PENDING", "success", "pending"))

    watched = after(request, found, events.Announced("1.0"))
    done = after(watched, seen("DONE", "success", "success"))

    assert (watched.state, states(watched)) == (State.PENDING, [RUNNING])
    assert (done.state, done.outcome) == (State.ENDED, Outcome.DONE)
