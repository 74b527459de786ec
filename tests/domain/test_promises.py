"""What holds for every request, whatever happens to it, in whatever order."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import events
from bot.domain.errors import IACreaUnavailable
from bot.domain.lifecycle import _TRANSITIONS, advance
from bot.domain.notice import Upload
from bot.domain.request import GenerationState, Request, Selection, State
from bot.domain.timing import Timing
from tests.domain.makers import NOW, a_generation, a_request, a_video, an_order
from tests.domain.strategies import EVENTS

PAUSES = st.sampled_from([0.0, 0.5, 3.0, 25.0, 2000.0])
TIMEOUTS = st.sampled_from([1.0, 10.0, 1800.0])
STARTS = [
    a_request(order=an_order(selection=Selection(failed=True))),
    a_request(State.ANNOUNCED, a_generation(2)),
    a_request(
        State.IN_LINE,
        a_generation(2),
        a_generation(3),
        order=an_order(2, 3, after_render=True),
        deadline=NOW + 1800,
    ),
    a_request(State.ANNOUNCED, a_generation(1), a_generation(2), a_generation(3)),
    a_request(
        State.PENDING,
        a_generation(1, GenerationState.RUNNING),
        a_generation(2, GenerationState.LOST),
    ),
]
CHECKED = events.Checked(a_video("DONE", "success", "error", "error"))
"""Always this one, as every later state lies behind it."""

ENDING = {
    events.Rejected, events.Refused, events.TimedOut, events.Gone, events.Stopped, events.Abandoned,
}  # fmt: skip
"""These come seldom, or no history would get far."""

ALLOWED = {
    GenerationState.WAITING: {GenerationState.SENDING, GenerationState.REFUSED},
    GenerationState.SENDING: {
        GenerationState.WAITING,
        GenerationState.LOST,
        GenerationState.RUNNING,
        GenerationState.REFUSED,
    },
    GenerationState.LOST: {
        GenerationState.RUNNING,
        GenerationState.DONE,
        GenerationState.FAILED,
        GenerationState.NOT_STARTED,
        GenerationState.STOPPED,
    },
    GenerationState.RUNNING: {
        GenerationState.DONE,
        GenerationState.FAILED,
        GenerationState.EXPIRED,
        GenerationState.STOPPED,
    },
}

AFTERWARDS = ("superseded_by", "faded", "upload", "file")
"""What may still change of a request that is told: its card fades, its video is put beside it."""


@dataclass(frozen=True)
class Step:
    event: events.Event
    moment: Timing
    before: Request
    after: Request

    def changes(self) -> list[tuple[GenerationState, GenerationState]]:
        """How each sequence's state changed."""
        pairs = zip(self.before.generations, self.after.generations, strict=False)
        return [(old.state, new.state) for old, new in pairs if old.state is not new.state]


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """A request from here or there on; mostly what fits happens, and sometimes anything."""
    request = draw(st.sampled_from(STARTS))
    now, timeout = NOW, draw(TIMEOUTS)
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 30))):
        now += draw(PAUSES)
        fitting = [kind for state, kind in _TRANSITIONS if state is request.state]
        usual = [kind for kind in fitting if kind not in ENDING]
        kind = draw(st.sampled_from([*(usual * 8), *fitting, *EVENTS]))
        event = draw(EVENTS[kind] if kind is not events.Checked else st.just(CHECKED))
        if isinstance(event, events.Seen):
            event = replace(event, at=now - draw(st.sampled_from([0.0, 1.0, 30.0])))
        moment = Timing(now, timeout)
        before, request = request, advance(request, event, moment)
        steps.append(Step(event, moment, before, request))
    return steps


@given(histories())
def test_an_ended_request_stays_as_it_ended_and_a_watched_one_will_end(history):
    for step in history:
        if step.before.ended:
            for what in (
                "generations", "outcome", "problem", "ended_at", "video_url", "credits_left",
                "stopped_by", "deadline",
            ):  # fmt: skip
                assert getattr(step.after, what) == getattr(step.before, what)
        if step.before.state is State.TOLD:
            changed = {what: getattr(step.after, what) for what in AFTERWARDS}
            assert step.after == replace(step.before, **changed)
        waits = step.after.state in {State.IN_LINE, State.PENDING}
        assert not waits or step.after.deadline is not None


@given(histories())
def test_a_sequence_takes_no_way_back_but_that_of_a_post_which_was_not_accepted(history):
    for step in history:
        for old, new in step.changes():
            assert new in ALLOWED.get(old, set())
            if new is GenerationState.SENDING:
                assert isinstance(step.event, events.Sending)
            if new is GenerationState.WAITING:
                assert isinstance(step.event, events.Throttled | events.NotSent)


@given(histories())
def test_each_sequence_is_sent_once_more_than_it_was_surely_not_accepted(history):
    count = Counter(pair for step in history for pair in step.changes())
    sent = count[GenerationState.WAITING, GenerationState.SENDING]
    unaccepted = count[GenerationState.SENDING, GenerationState.WAITING]

    assert sent - unaccepted <= len(history[-1].after.generations)


@given(histories())
def test_nothing_is_sent_before_it_is_announced_and_one_at_a_time(history):
    for step in history:
        spent = [
            each for each in step.after.generations if each.state is not GenerationState.WAITING
        ]
        assert step.after.message is not None or not spent
        assert [each.state for each in step.after.generations].count(GenerationState.SENDING) <= 1


@given(histories())
def test_an_event_that_happens_twice_spends_nothing_more(history):
    for step in history:
        again = advance(step.after, step.event, step.moment)
        sending = [
            each.sequence
            for each in step.after.generations
            if each.state is GenerationState.SENDING
        ]
        for generation in again.generations:
            assert generation.state is not GenerationState.SENDING or generation.sequence in sending


@given(histories())
def test_a_video_goes_into_the_thread_only_where_it_was_wanted_and_behind_the_outcome(history):
    wanted = False
    for step in history:
        wanted = wanted or step.event == events.Closed(upload=True)
        assert step.after.upload is Upload.NONE or wanted
        assert step.after.upload is not Upload.SHARING or step.after.state is State.TOLD


@given(histories())
def test_somebody_can_always_move_it_on_until_it_is_told(history):
    request, now = history[-1].after, history[-1].moment.now
    for _ in range(2 * len(request.generations) + 7):
        now += 10_000
        event = LOOPS[request.state](request)
        request = advance(request, event, Timing(now, history[-1].moment.timeout))

    assert request.state in {State.TOLD, State.ABANDONED}
    assert request.notice is None


def faded(request: Request) -> bool:
    """Whether its card needs no edit any more."""
    return request.superseded_by is None or request.faded


LOOPS: dict[State, Callable[[Request], events.Event]] = {
    State.ACCEPTED: lambda _: events.Rejected(IACreaUnavailable()),
    State.CHECKED: lambda _: events.Announced("1.2"),
    State.IN_LINE: lambda _: events.TimedOut(),
    State.ANNOUNCED: lambda _: events.Sending(),
    State.SUBMITTING: lambda it: events.Sending() if it.sending is None else events.Lost(),
    State.PENDING: lambda _: events.TimedOut(),
    State.ENDED: lambda _: events.Closed(),
    State.TOLD: lambda it: events.UploadEnded() if faded(it) else events.Faded(),
    State.ABANDONED: lambda _: events.Closed(),
}
"""What the loops make happen if Slack answers and IACrea does not. One that is told fades before
its video is put beside it."""
