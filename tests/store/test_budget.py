"""What may leave for Slack: within every limit, the most urgent first, for all replicas."""

import itertools
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis import Redis
from redis.commands.core import Script

from bot.domain.budget import Limit, Priority, Turn
from bot.store.budget import Budget
from bot.store.lua import source
from tests.depth import examples

LIMIT = Limit(per_minute=60, burst=3)
NAMES = itertools.count()

priorities = st.sampled_from([each for each in Priority if each is not Priority.PROMPT])
pauses = st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0])


class Clocked:
    """One budget whose script is told the time, so that minutes pass at once."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        clock = source("clock").replace("redis.call('TIME')", "{ARGV[#ARGV], 0}")
        assert "redis.call('TIME')" not in clock
        before = source("named") + clock
        self._scripts = {name: Script(redis, before + source(name)) for name in ("budget", "stop")}
        self._keys = [f"{prefix}{part}:{next(NAMES)}" for part in ("budget", "line", "times")]
        self.now = 1_700_000_000.0

    def take(self, turn: Turn, limit: Limit = LIMIT) -> float:
        given = {
            "keys": {"budget": [1], "line": [2], "times": [3]},
            "priority": int(turn.priority),
            "calls": turn.calls,
            "name": f"{turn.priority}:{turn.name}" if turn.name else "",
            "limits": [{"rate": limit.per_minute / 60, "burst": limit.burst}],
        }
        wait, _ = self._scripts["budget"](keys=self._keys, args=[json.dumps(given), self.now])
        return float(wait) / 1000

    def stop(self, seconds: float) -> None:
        given = {"keys": {"budget": 1}, "seconds": seconds, "rate": LIMIT.per_minute / 60}
        self._scripts["stop"](keys=self._keys[:1], args=[json.dumps(given), self.now])


@pytest.fixture(scope="module")
def plain(valkey_url: str) -> Iterator[Redis]:
    with Redis.from_url(valkey_url, decode_responses=True) as client:
        yield client


def a_budget(plain: Redis) -> Clocked:
    return Clocked(plain, "test-budget:")


@settings(max_examples=examples(60))
@given(asked=st.lists(st.tuples(pauses, priorities), min_size=1, max_size=40))
def test_in_no_time_is_there_more_than_the_limit_allows(plain, asked):
    budget, left = a_budget(plain), []
    for number, (pause, priority) in enumerate(asked):
        budget.now += pause
        if budget.take(Turn(priority, f"r{number}")) == 0:
            left.append(budget.now)

    for first, start in enumerate(left):
        for last, end in enumerate(left[first:], first):
            allowed = LIMIT.burst + (end - start) * LIMIT.per_minute / 60
            assert last - first + 1 <= allowed + 1e-3


@settings(max_examples=examples(60))
@given(asked=st.lists(priorities, min_size=2, max_size=12))
def test_who_comes_again_when_told_to_goes_by_urgency_and_then_by_who_came_first(plain, asked):
    budget, left = a_budget(plain), []
    waiting = [Turn(each, f"r{number}") for number, each in enumerate(asked)]
    waiting = [each for each in waiting if each.priority is not Priority.PROGRESS]
    while budget.take(Turn(Priority.OUTCOME)) == 0:  # nothing is left for anybody
        pass
    for each in waiting:
        assert budget.take(each) > 0
    for _ in range(200):
        budget.now += 0.25
        left += [each for each in waiting if each not in left and budget.take(each) == 0]

    assert left == sorted(waiting, key=lambda each: each.priority)


@settings(max_examples=examples(40))
@given(pauses=st.lists(pauses, min_size=1, max_size=30))
def test_an_outcome_never_waits_behind_progress(plain, pauses):
    budget = a_budget(plain)
    for pause in pauses:
        budget.now += pause
        while budget.take(Turn(Priority.PROGRESS, "r1")) == 0:
            pass

    assert budget.take(Turn(Priority.OUTCOME, "r2")) == 0


def test_a_crowd_is_told_to_come_one_after_the_other(plain):
    budget = a_budget(plain)

    waits = [budget.take(Turn(Priority.CLOSING, f"r{number}")) for number in range(10)]

    assert waits == pytest.approx([0, 0, 0, 1, 2, 3, 4, 5, 6, 7], abs=0.01)


def test_somebody_who_waits_is_not_held_back_but_counted(plain):
    budget = a_budget(plain)

    assert [budget.take(Turn(Priority.PROMPT)) for _ in range(10)] == [0] * 10
    assert budget.take(Turn(Priority.OUTCOME, "r1")) == pytest.approx(4.0, abs=0.01)


def test_what_slack_has_stopped_stays_stopped_for_everybody_and_starts_with_one(plain):
    budget = a_budget(plain)

    budget.stop(30)
    budget.now += 29.5

    assert budget.take(Turn(Priority.PROMPT)) == pytest.approx(0.5, abs=0.01)
    assert budget.take(Turn(Priority.OUTCOME, "r1")) == pytest.approx(0.5, abs=0.01)
    budget.now += 0.5
    assert budget.take(Turn(Priority.OUTCOME, "r1")) == 0
    assert budget.take(Turn(Priority.OUTCOME, "r2")) == pytest.approx(1.0, abs=0.01)


def test_who_does_not_come_again_is_not_waited_for_long(plain):
    budget = a_budget(plain)
    for number in range(6):
        budget.take(Turn(Priority.OUTCOME, f"dead-{number}"))
    budget.now += 20

    assert budget.take(Turn(Priority.CLOSING, "r1")) == 0


def test_a_clock_that_is_put_back_stops_nothing_for_longer(plain):
    budget = a_budget(plain)
    budget.stop(5)
    budget.now += 1
    budget.take(Turn(Priority.OUTCOME, "r1"))
    budget.now -= 3600

    assert budget.take(Turn(Priority.OUTCOME, "r1")) == pytest.approx(4.0, abs=0.01)
    budget.now += 4
    assert budget.take(Turn(Priority.OUTCOME, "r1")) == 0


async def test_of_all_replicas_as_many_get_through_as_the_scarcest_budget_allows(redis, prefix):
    replicas = [Budget(redis, prefix) for _ in range(2)]
    limits = {"chat.postMessage:C1": Limit(60, 2), "chat.postMessage": Limit(240, 60)}

    answers = [
        await each.take(limits, Turn(Priority.ANNOUNCEMENT, f"r{number}"))
        for number, each in enumerate(replicas * 3)
    ]

    assert [wait for wait, _ in answers].count(0) == 2
    assert {scarce for wait, scarce in answers if wait} == {"chat.postMessage:C1"}
    other, _ = await replicas[0].take({"chat.postMessage": limits["chat.postMessage"]}, Turn(1))
    assert other == 0


async def test_it_is_forgotten(redis, prefix):
    budget = Budget(redis, prefix)
    for number in range(5):
        await budget.take({"chat.update": LIMIT}, Turn(Priority.CLOSING, f"r{number}"))
    await budget.stop("chat.update", LIMIT, 10**9)

    async for key in redis.scan_iter(f"{prefix}*"):
        assert 0 < await redis.ttl(key) <= 7200
