"""Who is in a user group of Slack's, as it was told last to whichever replica asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from bot.domain.request import UserId
from bot.store.client import repeatable, server_time

LAST_KNOWN = 24 * 3600
"""Seconds for which members are kept that Slack does not confirm."""
_TOLD = "told"
"""The member of each set that stands for none: its score is when the others were asked for."""


@dataclass(frozen=True, slots=True)
class Age:
    """How old the members of a group are that are kept.

    Attributes:
        told: when Slack was asked for them, by Redis's clock.
        seconds: how long ago that was.
        changed: whether the group has changed since.
    """

    told: float
    seconds: float
    changed: bool


class UserGroups:
    """The members of groups. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._changed = f"{prefix}groups-changed"

    @repeatable
    async def ages(self, groups: Iterable[str]) -> dict[str, Age]:
        """Returns how old the members of groups are; groups without any kept are left out."""
        listed = tuple(groups)
        async with self._redis.pipeline() as pipeline:
            pipeline.time()
            for group in listed:
                pipeline.zscore(self._key(group), _TOLD)
                pipeline.zscore(self._changed, group)
            (seconds, microseconds), *scores = await pipeline.execute()
        now = float(seconds) + float(microseconds) / 1_000_000
        found = zip(listed, scores[::2], scores[1::2], strict=True)
        return {
            group: Age(told, now - told, changed is not None and told < changed)
            for group, told, changed in found
            if told is not None
        }

    @repeatable
    async def members(self, group: str) -> frozenset[UserId]:
        """Returns who is in a group, as far as is kept."""
        kept: list[Any] = await self._redis.zrange(self._key(group), 0, -1)
        return frozenset(UserId(str(each)) for each in kept if each != _TOLD)

    @repeatable
    async def note(self, group: str, members: Iterable[UserId], asked: float) -> None:
        """Keeps who is in a group, as Slack says that was asked at that time by Redis's clock.

        An answer that comes late takes the place of a later one, and then counts as changed.
        """
        key = self._key(group)
        async with self._redis.pipeline() as pipeline:
            # In one transaction with what follows: nobody may be found in no group in between.
            pipeline.delete(key)
            pipeline.zadd(key, {_TOLD: asked, **dict.fromkeys(members, asked)})
            pipeline.expire(key, LAST_KNOWN)
            await pipeline.execute()

    @repeatable
    async def note_changed(self, group: str) -> None:
        """Notes that a group has changed, so that whoever is first may ask Slack at once."""
        now = await server_time(self._redis)
        async with self._redis.pipeline() as pipeline:
            pipeline.zadd(self._changed, {group: now})
            pipeline.expire(self._changed, LAST_KNOWN)
            pipeline.delete(self._turn(group))
            await pipeline.execute()

    @repeatable
    async def forget(self, group: str) -> None:
        """Removes the members of a group."""
        await self._redis.delete(self._key(group))

    @repeatable
    async def take_turn(self, group: str, seconds: int) -> float | None:
        """Takes the turn to ask Slack for so many seconds, and returns Redis's time.

        Returns None where another replica has it.
        """
        # Before the turn, and so before Slack is asked: its answer must not seem newer than it is.
        now = await server_time(self._redis)
        taken = await self._redis.set(self._turn(group), 1, nx=True, ex=seconds)
        return now if taken else None

    def _key(self, group: str) -> str:
        return f"{self._prefix}group:{group}"

    def _turn(self, group: str) -> str:
        return f"{self._prefix}group-turn:{group}"
