"""The state machine, checked as a model: every event in every state, every state there is.

`Life` lets Hypothesis look for a history that breaks an invariant; the exploration walks through
all that a few representative events can lead to, and looks at the whole graph.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain import events
from bot.domain.errors import IACreaUnavailable
from bot.domain.lifecycle import _TRANSITIONS, advance
from bot.domain.request import GenerationState, Request, State
from bot.domain.timing import Timing
from bot.domain.video import Receipt
from bot.store.records import decode, encode
from tests.depth import examples
from tests.domain.makers import NOW, a_request, a_video, an_order, seen
from tests.domain.strategies import EVENTS

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"
TIMEOUT = 1800.0
SENT_FOR_GOOD = {*GenerationState} - {
    GenerationState.WAITING,
    GenerationState.SENDING,
    GenerationState.REFUSED,
}
"""States of a sequence whose POST was accepted, or may have been."""


class Life(RuleBasedStateMachine):
    """A request, to which anything may happen at any time; after any of it the process may die."""

    @initialize(
        how=st.sampled_from(["", "watch", "after_render"]),
        positions=st.sampled_from([(2,), (1, 2, 3)]),
    )
    def begin(self, how: str, positions: tuple[int, ...]) -> None:
        order = an_order(*positions, **({how: True} if how else {}))
        self.request = a_request(order=order)
        self.now = NOW
        self.posts: Counter[int] = Counter()
        self.replies: set[str] = set()
        self.was_told = False

    @rule(kind=st.sampled_from(sorted(EVENTS, key=lambda kind: kind.__name__)), data=st.data())
    def anything_happens(self, kind: type[events.Event], data: st.DataObject) -> None:
        self._happens(data.draw(EVENTS[kind]))

    @precondition(lambda self: self.request.state is not State.ABANDONED)  # where nothing does
    @rule(data=st.data())
    def what_fits_happens(self, data: st.DataObject) -> None:
        fitting = [kind for state, kind in _TRANSITIONS if state is self.request.state]
        kind = data.draw(st.sampled_from(fitting))
        checked = events.Checked(a_video("DONE", "success", "success", "error"))
        self._happens(checked if kind is events.Checked else data.draw(EVENTS[kind]))

    @rule(seconds=st.sampled_from([0.5, 25.0, 2 * TIMEOUT]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def the_process_dies(self) -> None:
        """All that the next one knows is the record."""
        read = decode(self.request.id, encode(self.request))
        assert read == self.request
        self.request = read

    def _happens(self, event: events.Event) -> None:
        before, moment = self.request, Timing(self.now, TIMEOUT)
        self.request = advance(before, event, moment)
        if (before.state, type(event)) not in _TRANSITIONS:
            assert self.request == before
        for place, (old, new) in enumerate(
            zip(before.generations, self.request.generations, strict=False)
        ):
            self.posts[place] += new.state in SENT_FOR_GOOD and old.state not in SENT_FOR_GOOD
        if self.request.reply is not None:
            self.replies.add(self.request.reply)

    @invariant()
    def each_sequence_is_sent_for_good_once_at_most(self) -> None:
        assert not self.posts or max(self.posts.values()) <= 1

    @invariant()
    def it_is_told_once_at_most_and_then_stays_told(self) -> None:
        assert len(self.replies) <= 1
        assert self.request.state is State.TOLD or not self.was_told
        self.was_told = self.request.state is State.TOLD

    @invariant()
    def what_has_ended_is_to_be_told_until_it_is(self) -> None:
        if self.request.state is State.ENDED:
            assert self.request.notice is not None
            assert self.request.outcome is not None


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=examples(400), stateful_step_count=50, deadline=None)

REPRESENTATIVE: tuple[events.Event, ...] = (
    events.Checked(a_video("DONE", "success", "success", "error")),
    events.Checked(a_video("RENDERING_VIDEO", "success", "success", "success")),
    events.TurnCame(),
    events.Rejected(IACreaUnavailable()),
    events.Retrying(),
    events.Posting(),
    events.NotPosted(),
    events.Announced("1700000000.000100"),
    events.Sending(),
    events.Submitted(Receipt("generation", 3, 47)),
    events.Throttled(),
    events.NotSent(),
    events.Lost(),
    events.Refused(IACreaUnavailable()),
    seen("GENERATING_VIDEO", "pending", "pending", "error"),
    seen("DONE", "success", "success", "success"),
    seen("FAILED", "error", "error", "error"),
    events.Gone(),
    events.TimedOut(),
    events.Stopped("U1"),
    events.Told("1700000000.000200"),
    events.ReplyLost(),
    events.ToldPrivately(),
    events.Abandoned(),
    events.Closed(),
)
Node = tuple[object, ...]


def node(request: Request) -> Node:
    """What of a request decides what can become of it."""
    generations = tuple(
        (each.state, min(each.error_polls, 3), each.moved) for each in request.generations
    )
    said = (request.message is None, request.reply is None, request.notice)
    waits = request.order.after_render
    return (request.state, generations, said, request.outcome, request.problem is None, waits)


@cache
def graph() -> dict[Node, set[Node]]:
    """Every node that the representative events lead to, and where each leads."""
    waiting = [a_request(order=an_order(1, 2, after_render=waits)) for waits in (False, True)]
    found, edges = {node(start): start for start in waiting}, defaultdict(set)
    while waiting:
        request = waiting.pop()
        for after in successors(request):
            edges[node(request)].add(node(after))
            if node(after) not in found:
                found[node(after)] = after
                waiting.append(after)
    return dict(edges)


def successors(request: Request) -> Iterator[Request]:
    for event in REPRESENTATIVE:
        for later in (0.0, 30.0, 2 * TIMEOUT):
            moment = Timing(NOW + later, TIMEOUT)
            happened = replace(event, at=moment.now) if isinstance(event, events.Seen) else event
            yield advance(request, happened, moment)


def test_no_state_is_without_an_exit_to_having_told() -> None:
    edges = graph()
    assert len(edges) > 100
    leading = defaultdict(set)
    for origin, ends in edges.items():
        for end in ends:
            leading[end].add(origin)
    reached = {each for each in edges if each[0] is State.TOLD}
    waiting = list(reached)
    while waiting:
        for origin in leading[waiting.pop()] - reached:
            reached.add(origin)
            waiting.append(origin)
    assert {each[0] for each in set(edges) - reached} <= {State.ABANDONED}


def test_a_request_that_is_told_never_runs_again() -> None:
    for origin, ends in graph().items():
        if origin[0] in {State.TOLD, State.ABANDONED}:
            assert {end[0] for end in ends} == {origin[0]}


def test_the_architecture_draws_the_machine_as_it_is() -> None:
    moves = {
        (str(origin[0]).replace(" ", "_"), str(end[0]).replace(" ", "_"))
        for origin, ends in graph().items()
        for end in ends
        if origin[0] is not end[0]
    }
    drawn = set(re.findall(r"^    (\w+) --> (\w+)", ARCHITECTURE.read_text("utf-8"), re.MULTILINE))
    assert drawn == moves
