"""Faults of Redis: gone, closing connections, breaking them off, answering only to refuse."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from functools import partial

from redis.exceptions import ResponseError

from tests.chaos.refusals import Party
from tests.chaos.schedule import Fault
from tests.chaos.world import World

A_WHILE = 1.5
"""Seconds for which Redis refuses, or stands still."""
_Command = tuple[str, ...]

OUT_OF_MEMORY = ("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")
READ_ONLY = ("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE")
TOO_FEW_REPLICAS = (
    ("CONFIG", "SET", "min-replicas-to-write", "1"),
    ("CONFIG", "SET", "min-replicas-to-write", "0"),
)
NO_RIGHT = ("ACL", "SETUSER", "default", "-@write"), ("ACL", "SETUSER", "default", "+@all")
NO_WAITING = ("ACL", "SETUSER", "default", "-wait"), ("ACL", "SETUSER", "default", "+@all")
DISK_FULL = ("CONFIG", "SET", "save", "3600 1"), ("CONFIG", "SET", "save", "")


class RedisStriker:
    """Does to Redis what the schedule says, one thing at a time, and undoes it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = asyncio.Lock()

    async def restart(self, chance: float, how: signal.Signals) -> None:
        async with self._turn:
            with self._world.outages.lasting(Party.REDIS):
                await self._world.valkey.end(how)
                await asyncio.sleep(chance * A_WHILE)
                await self._world.valkey.start()

    async def close_idle(self, _: float) -> None:
        """What keeps connections for others does it. Nobody is away: the next one is new."""
        self._world.network.to_redis.close_idle()

    async def kill_clients(self, _: float) -> None:
        """An administrator does it; what was asked meanwhile is asked again, and nobody refused."""
        async with self._turn:
            await self._world.valkey.say("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

    async def reset(self, chance: float) -> None:
        """A command is broken off: before, in the middle, or after it arrived, and sent again."""
        self._world.network.to_redis.resets.append(int(chance * 3) / 2)

    async def stand_still(self, _: float) -> None:
        async with self._turn:
            with self._world.outages.lasting(Party.REDIS):
                await self._world.valkey.say("CLIENT", "PAUSE", str(round(A_WHILE * 1000)), "ALL")
                await asyncio.sleep(A_WHILE)

    async def refuse(self, _: float, how: tuple[_Command, _Command]) -> None:
        """It answers, and refuses what it is asked, until the setting is taken back."""
        do, undo = how
        async with self._turn:
            with self._world.outages.lasting(Party.REDIS):
                await self._world.valkey.say(*do)
                await asyncio.sleep(A_WHILE)
                await self._world.valkey.say(*undo)

    async def fail_to_save(self, chance: float) -> None:
        """A snapshot cannot be written, and Valkey takes no writes until one can."""
        (self._world.valkey.directory / "dump.rdb" / "in the way").mkdir(
            parents=True, exist_ok=True
        )
        async with self._turn:
            with contextlib.suppress(ResponseError):  # it is at it already
                await self._world.valkey.say("BGSAVE")
            await asyncio.sleep(0.2)
        await self.refuse(chance, DISK_FULL)

    async def step_clock(self, chance: float, sign: int) -> None:
        self._world.valkey.clock.step(sign * step(chance))


def step(chance: float) -> int:
    """By how many seconds a clock is put: from some to minutes, and by an hour never.

    What was asked for half an hour ago is not started any more, and that would be right.
    """
    return round(5 + chance * 395)


OF_REDIS: dict[Fault, Callable[..., Awaitable[None]]] = {
    Fault.VALKEY_KILLED: partial(RedisStriker.restart, how=signal.SIGKILL),
    Fault.VALKEY_STOPPED: partial(RedisStriker.restart, how=signal.SIGTERM),
    Fault.REDIS_CLOCK_BACK: partial(RedisStriker.step_clock, sign=-1),
    Fault.REDIS_CLOCK_AHEAD: partial(RedisStriker.step_clock, sign=1),
    Fault.REDIS_IDLE: RedisStriker.close_idle,
    Fault.REDIS_KILLED: RedisStriker.kill_clients,
    Fault.REDIS_RESET: RedisStriker.reset,
    Fault.REDIS_STILL: RedisStriker.stand_still,
    Fault.REDIS_FULL: partial(RedisStriker.refuse, how=OUT_OF_MEMORY),
    Fault.REDIS_READONLY: partial(RedisStriker.refuse, how=READ_ONLY),
    Fault.REDIS_ALONE: partial(RedisStriker.refuse, how=TOO_FEW_REPLICAS),
    Fault.REDIS_DISK: RedisStriker.fail_to_save,
    Fault.REDIS_RIGHTS: partial(RedisStriker.refuse, how=NO_RIGHT),
    Fault.REDIS_WAITING: partial(RedisStriker.refuse, how=NO_WAITING),
}
