"""Lets the planned faults strike."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from functools import partial

from bot.simulator.iacrea import Answered, Dropped, Garbage, Garbled, Lost
from tests.chaos.proxy import Proxy
from tests.chaos.schedule import Fault, Strike
from tests.chaos.verdict import ANNOUNCEMENT, parts
from tests.chaos.world import World

METHODS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "response_url")
A_WHILE = 1.5
"""Seconds that a connection stays slow, or away."""


class Striker:
    """Does what the schedule says, and undoes it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._valkey = asyncio.Lock()
        self._replicas = [asyncio.Lock() for _ in world.replicas]

    async def strike(self, it: Strike) -> None:
        """One fault, to its end; `chance` picks which replica, method, status or pause."""
        await _STRIKES[it.fault](self, it.chance)

    async def restart_replica(self, chance: float, how: signal.Signals) -> None:
        number = int(chance * len(self._replicas))
        replica = self._world.replicas[number]
        async with self._replicas[number]:
            await replica.end(how)
            await asyncio.sleep(chance)
            await replica.start()

    async def restart_valkey(self, chance: float, how: signal.Signals) -> None:
        async with self._valkey:
            await self._world.valkey.end(how)
            await asyncio.sleep(chance * A_WHILE)
            await self._world.valkey.start()

    async def limit_slack(self, chance: float, retry_after: int | None) -> None:
        self._world.slack.faults.retry_after = retry_after
        self._world.slack.faults.rate_limited[_method(chance)] = 2

    async def break_slack(self, chance: float) -> None:
        errors = self._world.slack.faults.http_errors
        errors.setdefault(_method(chance), []).extend([_status(chance)] * 2)

    async def lose_slacks_answer(self, chance: float) -> None:
        self._world.slack.faults.lost_answers[_method(chance)] = 1

    async def fail_slacks_answer(self, chance: float) -> None:
        self._world.slack.faults.failed_answers[_method(chance)] = 1

    async def slow(self, chance: float, name: str) -> None:
        proxy = self._proxy(name)
        proxy.delay = 0.2 + chance
        await asyncio.sleep(A_WHILE)
        proxy.delay = 0.0

    async def cut(self, _: float, name: str) -> None:
        self._proxy(name).cut()

    def _proxy(self, name: str) -> Proxy:
        return self._world.to_slack if name == "to_slack" else self._world.to_iacrea

    async def move_workspace(self, chance: float) -> None:
        faults = self._world.slack.faults
        faults.unavailable = "team_added_to_org" if chance < 0.5 else "org_login_required"
        await asyncio.sleep(A_WHILE)
        faults.unavailable = ""

    async def delete_announcement(self, chance: float) -> None:
        """Somebody takes one down, as administrators may."""
        workspace = self._world.slack.workspace
        standing = [
            message
            for channel in workspace.channels()
            for _, message in parts(workspace.messages(channel), ANNOUNCEMENT)
        ]
        if standing:
            message = standing[int(chance * len(standing))]
            workspace.delete(message)
            self._world.deleted.append(message)

    async def take_slack_away(self, _: float) -> None:
        self._world.to_slack.refuses = True
        self._world.to_slack.cut()
        await asyncio.sleep(A_WHILE)
        self._world.to_slack.refuses = False

    async def drop_sockets(self, _: float) -> None:
        await self._world.slack.drop_connections()

    async def refresh_sockets(self, _: float) -> None:
        await self._world.slack.refresh_connections()

    async def posts(self, chance: float, kind: str) -> None:
        self._world.iacrea.faults.posts.append(_mishap(kind, chance))

    async def gets(self, chance: float, kind: str) -> None:
        self._world.iacrea.faults.gets.extend([_mishap(kind, chance)] * 2)


_Do = Callable[..., Awaitable[None]]
_STRIKES: dict[Fault, _Do] = {
    Fault.KILL: partial(Striker.restart_replica, how=signal.SIGKILL),
    Fault.STOP: partial(Striker.restart_replica, how=signal.SIGTERM),
    Fault.VALKEY_KILLED: partial(Striker.restart_valkey, how=signal.SIGKILL),
    Fault.VALKEY_STOPPED: partial(Striker.restart_valkey, how=signal.SIGTERM),
    Fault.SLACK_CUT: partial(Striker.cut, name="to_slack"),
    Fault.SLACK_SLOW: partial(Striker.slow, name="to_slack"),
    Fault.SLACK_AWAY: Striker.take_slack_away,
    Fault.SOCKETS_DROPPED: Striker.drop_sockets,
    Fault.SOCKETS_REFRESHED: Striker.refresh_sockets,
    Fault.SLACK_LIMITED: partial(Striker.limit_slack, retry_after=1),
    Fault.SLACK_LIMITED_BARE: partial(Striker.limit_slack, retry_after=None),
    Fault.SLACK_ERROR: Striker.break_slack,
    Fault.SLACK_LOST: Striker.lose_slacks_answer,
    Fault.SLACK_FAILED: Striker.fail_slacks_answer,
    Fault.SLACK_MOVING: Striker.move_workspace,
    Fault.PARENT_DELETED: Striker.delete_announcement,
    Fault.IACREA_CUT: partial(Striker.cut, name="to_iacrea"),
    Fault.IACREA_SLOW: partial(Striker.slow, name="to_iacrea"),
    Fault.POST_LOST: partial(Striker.posts, kind="lost"),
    Fault.POST_DROPPED: partial(Striker.posts, kind="dropped"),
    Fault.POST_LIMITED: partial(Striker.posts, kind="limited"),
    Fault.POST_ERROR: partial(Striker.posts, kind="error"),
    Fault.POST_GARBLED: partial(Striker.posts, kind="garbled"),
    Fault.GET_LOST: partial(Striker.gets, kind="lost"),
    Fault.GET_LIMITED: partial(Striker.gets, kind="limited"),
    Fault.GET_ERROR: partial(Striker.gets, kind="error"),
    Fault.GET_GARBLED: partial(Striker.gets, kind="garbled"),
}


def _mishap(kind: str, chance: float) -> Lost | Dropped | Answered | Garbled:
    half = chance < 0.5
    kinds = list(Garbage)
    mishaps: dict[str, Lost | Dropped | Answered | Garbled] = {
        "lost": Lost(),
        "dropped": Dropped(),
        "limited": Answered(429, retry_after=1 if half else None),
        "error": Answered(_status(chance), effective=chance < 0.25),
        "garbled": Garbled(kinds[int(chance * len(kinds))]),
    }
    return mishaps[kind]


def _method(chance: float) -> str:
    return METHODS[int(chance * len(METHODS))]


def _status(chance: float) -> int:
    return 500 if chance < 0.5 else 503
