"""A clock that is put back while something is watched: it is believed neither early nor late."""

from bot.domain import events
from bot.domain.request import GenerationState, State
from tests.domain.makers import ALL_WELL, NOW, a_generation, a_request, after, seen, states


def test_a_clock_that_was_put_back_does_not_keep_a_poll_from_being_believed():
    request = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING, moved=True))
    earlier = NOW - 3600

    request = after(request, seen("DONE", *ALL_WELL, at=earlier), now=earlier)

    assert states(request) == [GenerationState.DONE]


def test_a_poll_from_before_the_post_is_not_believed_whoever_sets_the_clock():
    request = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING, moved=True))

    request = after(request, seen("DONE", *ALL_WELL, at=NOW - 2), now=NOW + 1)
    assert states(request) == [GenerationState.RUNNING]
    request = after(request, seen("DONE", *ALL_WELL, at=NOW - 2), now=NOW - 3600)
    assert states(request) == [GenerationState.RUNNING]


def test_the_grace_begins_anew_with_a_clock_that_was_put_back():
    request = a_request(State.PENDING, a_generation(2, GenerationState.LOST))
    earlier = NOW - 3600

    request = after(request, seen("DONE", *ALL_WELL, at=earlier), now=earlier)
    assert states(request) == [GenerationState.LOST]
    request = after(request, seen("DONE", *ALL_WELL, at=earlier + 21), now=earlier + 21)
    assert states(request) == [GenerationState.NOT_STARTED]


def test_nothing_is_watched_for_longer_because_the_clock_was_put_back():
    request = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING))
    earlier = NOW - 3600

    request = after(request, events.TimedOut(), now=earlier)

    assert request.deadline == earlier + 1800
    assert after(request, events.TimedOut(), now=earlier + 1800).ended
