"""Lists, shows and ends what is only followed, on behalf of the operator."""

import asyncio
import dataclasses
import json
from collections.abc import Sequence

from bot.domain import following
from bot.domain.follow import Follow, FollowState
from bot.domain.request import RequestId
from bot.domain.timing import Timing
from bot.logs import visible
from bot.operate.errors import OperateError
from bot.store.errors import OvertakenError
from bot.store.stores import Stores

PATIENCE = 20.0
"""Seconds for a check, or a card on its way, to come to an end."""
PAUSE = 0.25


def listing(follows: Sequence[Follow]) -> str:
    """Returns a line for each that is followed; empty where nothing is."""
    rows = [
        f"{each.id}  {each.state}  {each.origin.user}  {each.origin.channel}  "
        f"{each.name or each.video}"
        for each in follows
    ]
    return "\n".join(["", "Followed:", *map(visible, rows)]) if rows else ""


def sheet(follow: Follow) -> str:
    """Returns all that is known of it as JSON, without Slack's link for private answers."""
    record = dataclasses.asdict(follow)
    del record["origin"]["response_url"]
    return json.dumps(record, indent=2)


async def stop(stores: Stores, follow_id: RequestId) -> Follow | None:
    """Ends a follow, and returns it; None where there is none of that id.

    Raises:
        OperateError: it has ended, or does not get to where it can be.
    """
    for _ in range(round(PATIENCE / PAUSE)):
        follow = await stores.follows.load(follow_id)
        if follow is None:
            return None
        if follow.state in {FollowState.ENDED, FollowState.TOLD}:
            raise OperateError(f"{follow_id} has ended already ({follow.end})")
        # How long it is watched makes no difference to what is stopped.
        stopped = following.stopped(follow, None, Timing(stores.requests.now(), 0.0))
        if stopped != follow:
            try:
                return await stores.follows.save(stopped)
            except OvertakenError:
                continue
        await asyncio.sleep(PAUSE)
    raise OperateError(f"{follow_id} is not followed yet; try again in a minute")
