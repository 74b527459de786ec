"""Lets the planned faults strike."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from functools import partial

from sandbox.iacrea import Answered, Dropped, Garbage, Garbled, Lost
from tests.chaos.proxy import Proxy
from tests.chaos.refusals import Party
from tests.chaos.schedule import Fault, Strike
from tests.chaos.striking_redis import OF_REDIS, RedisStriker, step
from tests.chaos.tunnel import Trouble
from tests.chaos.verdict import ANNOUNCEMENT, parts
from tests.chaos.world import World

METHODS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "response_url")
A_WHILE = 1.5
"""Seconds that a connection stays slow, or away."""


class Striker:
    """Does what the schedule says, and undoes it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._redis = RedisStriker(world)
        self._tunnel = asyncio.Lock()
        self._replicas = [asyncio.Lock() for _ in world.replicas]

    async def strike(self, it: Strike) -> None:
        """One fault, to its end; `chance` picks which replica, method, status or pause."""
        if it.fault in OF_REDIS:
            await OF_REDIS[it.fault](self._redis, it.chance)
        else:
            await _STRIKES[it.fault](self, it.chance)

    async def restart_replica(self, chance: float, how: signal.Signals) -> None:
        number = int(chance * len(self._replicas))
        replica = self._world.replicas[number]
        async with self._replicas[number]:
            await replica.end(how)
            await asyncio.sleep(chance)
            await replica.start()

    async def limit_slack(self, chance: float, retry_after: int | None) -> None:
        faults, method = self._world.slack.faults, _method(chance)
        faults.retry_after = retry_after
        faults.rate_limited[method] = 2
        self._armed(Party.SLACK, lambda: not faults.rate_limited.get(method))

    async def break_slack(self, chance: float) -> None:
        errors, method = self._world.slack.faults.http_errors, _method(chance)
        errors.setdefault(method, []).extend([_status(chance)] * 2)
        self._armed(Party.SLACK, lambda: not errors.get(method))

    async def lose_slacks_answer(self, chance: float) -> None:
        lost, method = self._world.slack.faults.lost_answers, _method(chance)
        lost[method] = 1
        self._armed(Party.SLACK, lambda: not lost.get(method))

    async def fail_slacks_answer(self, chance: float) -> None:
        failed, method = self._world.slack.faults.failed_answers, _method(chance)
        failed[method] = 1
        self._armed(Party.SLACK, lambda: not failed.get(method))

    def _armed(self, of: Party, used_up: Callable[[], bool]) -> None:
        self._world.outages.armed(of, used_up)

    async def slow(self, chance: float, of: Party) -> None:
        proxy = self._proxy(of)
        with self._world.outages.lasting(of):
            proxy.delay = 0.2 + chance
            await asyncio.sleep(A_WHILE)
            proxy.delay = 0.0

    async def cut(self, _: float, of: Party) -> None:
        with self._world.outages.lasting(of):
            self._proxy(of).cut()

    def _proxy(self, of: Party) -> Proxy:
        return self._world.network.to_slack if of is Party.SLACK else self._world.network.to_iacrea

    async def move_workspace(self, chance: float) -> None:
        faults = self._world.slack.faults
        with self._world.outages.lasting(Party.SLACK):
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
        with self._world.outages.lasting(Party.SLACK):
            self._world.network.to_slack.refuses = True
            self._world.network.to_slack.cut()
            await asyncio.sleep(A_WHILE)
            self._world.network.to_slack.refuses = False

    async def drop_sockets(self, _: float) -> None:
        with self._world.outages.lasting(Party.SLACK):
            await self._world.slack.drop_connections()

    async def refresh_sockets(self, _: float) -> None:
        await self._world.slack.refresh_connections()

    async def trouble_proxy(self, _: float, trouble: Trouble | None) -> None:
        """Every tunnel ends, as where a proxy restarts, and then it is in trouble for a while."""
        tunnel, away = self._world.network.tunnel, self._world.outages.lasting
        if tunnel is None:
            return
        async with self._tunnel:
            with away(Party.SLACK), away(Party.IACREA):
                tunnel.trouble = trouble
                tunnel.drop()
                await asyncio.sleep(A_WHILE if trouble else 0)
                tunnel.trouble = None

    async def step_clock(self, chance: float, sign: int) -> None:
        number = int(chance * len(self._replicas))
        self._world.replicas[number].clock.step(sign * step(chance))

    async def posts(self, chance: float, kind: str) -> None:
        posts = self._world.iacrea.faults.posts
        posts.append(_mishap(kind, chance))
        self._armed(Party.IACREA, lambda: not posts)

    async def gets(self, chance: float, kind: str) -> None:
        gets = self._world.iacrea.faults.gets
        gets.extend([_mishap(kind, chance)] * 2)
        self._armed(Party.IACREA, lambda: not gets)


_PROXY: dict[Fault, Trouble | None] = {
    Fault.PROXY_DROPS: None,
    Fault.PROXY_502: Trouble.BAD_GATEWAY,
    Fault.PROXY_407: Trouble.WHO_ARE_YOU,
    Fault.PROXY_SILENT: Trouble.SILENCE,
    Fault.PROXY_HANGS_UP: Trouble.HANGING_UP,
}
_Do = Callable[..., Awaitable[None]]
_STRIKES: dict[Fault, _Do] = {
    Fault.KILL: partial(Striker.restart_replica, how=signal.SIGKILL),
    Fault.STOP: partial(Striker.restart_replica, how=signal.SIGTERM),
    Fault.SLACK_CUT: partial(Striker.cut, of=Party.SLACK),
    Fault.SLACK_SLOW: partial(Striker.slow, of=Party.SLACK),
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
    Fault.IACREA_CUT: partial(Striker.cut, of=Party.IACREA),
    Fault.IACREA_SLOW: partial(Striker.slow, of=Party.IACREA),
    Fault.BOT_CLOCK_BACK: partial(Striker.step_clock, sign=-1),
    Fault.BOT_CLOCK_AHEAD: partial(Striker.step_clock, sign=1),
    **{fault: partial(Striker.trouble_proxy, trouble=each) for fault, each in _PROXY.items()},
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
