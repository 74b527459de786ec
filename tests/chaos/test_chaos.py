"""A short piece of the campaign, and that what it shall find can be found at all."""

from collections import Counter

import pytest

from tests.chaos.campaign import run
from tests.chaos.schedule import FAULTS, HISTORY, OF_PROXY, PUBLIC, REQUESTS, Fault, Place, plan
from tests.depth import in_ci

SHORT = (1, 3, 2)
"""One with each number of replicas; the first has two, which are killed and cut off."""


@pytest.mark.parametrize("seed", [SHORT[0], *in_ci(*SHORT[1:])])
async def test_no_promise_is_broken_under_fire(seed: int) -> None:
    done = await run(seed)
    assert done.verdict.violations == [], f"replay it: python -m tests.chaos {seed}\n{done.logs}"
    assert done.verdict.requests > 0


def test_a_seed_is_the_same_run_each_time_and_all_seeds_together_hold_every_fault() -> None:
    assert plan(17) == plan(17)
    plans = [plan(seed) for seed in range(100)]
    struck = Counter(strike.fault for each in plans for strike in each.strikes)
    assert set(struck) == set(Fault)
    assert {each.replicas for each in plans} == {1, 2, 3}
    declined = Counter(scope for each in plans for scope in each.declined)
    assert set(declined) == {*HISTORY, PUBLIC}
    assert {ask.place for each in plans for ask in each.asks} == set(Place)
    assert all((len(each.asks), len(each.strikes)) == (REQUESTS, FAULTS) for each in plans)
    assert {plan(seed).replicas for seed in SHORT} == {1, 2, 3}
    assert {plan(seed).idle_limit for seed in SHORT} == {0, 1}
    assert {plan(seed).tunnelled for seed in range(100)} == {False, True}
    proxied = {each.tunnelled for each in plans if OF_PROXY & {it.fault for it in each.strikes}}
    assert proxied == {True}
