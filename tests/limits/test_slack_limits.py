"""While Slack keeps to its published limits, the bot does so first: nothing is refused or late."""

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import SlackSimulator
from tests.conftest import Bots
from tests.depth import IN_CI
from tests.limits.slack_limits import EDIT, TIMINGS, many

REQUESTS = 15 if IN_CI else 12
"""Enough for four or five in each channel, where three may be posted at once."""
RENDERING = TIMINGS if IN_CI else Timings(queue=1.0, animate=3.0, render=1.0)
MOST_REFUSED = 2.0
"""Of 100 calls."""


async def test_two_replicas_stay_within_slacks_limits_and_tell_everything_once(
    slack: SlackSimulator, iacrea: IACreaSimulator, bots: Bots
) -> None:
    figures = await many(slack, iacrea, bots, REQUESTS, RENDERING)

    told = "\n".join(figures.lines())
    assert figures.refused_share <= MOST_REFUSED, told
    assert figures.early.total() == 0, told
    assert figures.busiest[EDIT] <= 50, told
    assert len(set(figures.requests)) == len(figures.requests) == REQUESTS, told
    assert iacrea.posts == REQUESTS
    assert "Traceback" not in bots.log()
