"""Counts for all replicas together how many calls may still go to Slack."""

from collections.abc import Mapping

from redis.asyncio import Redis

from bot.domain.budget import Limit, Turn
from bot.store.client import answered
from bot.store.lua import Script

MINUTE = 60.0


class Budget:
    """Counts calls. Every method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._prefix = prefix
        self._take = Script(redis, "budget", timed=True)
        self._stop = Script(redis, "stop", timed=True)

    @answered
    async def take(self, limits: Mapping[str, Limit], turn: Turn) -> tuple[float, str]:
        """Takes calls from each of the named budgets, or from none.

        Returns 0 if they may go now. Otherwise returns the seconds after which to ask again, and
        the name of the budget that is used up for so long.
        """
        wait, scarce = await self._take(
            {
                part: [self._key(part, name) for name in limits]
                for part in ("budget", "line", "times")
            },
            priority=int(turn.priority),
            calls=turn.calls,
            name=f"{turn.priority}:{turn.name}" if turn.name else "",
            limits=[{"rate": _rate(each), "burst": each.burst} for each in limits.values()],
        )
        return float(wait) / 1000, list(limits)[int(scarce) - 1]

    @answered
    async def stop(self, name: str, limit: Limit, seconds: float) -> None:
        """Stops every call of that budget for so many seconds."""
        await self._stop({"budget": self._key("budget", name)}, seconds=seconds, rate=_rate(limit))

    def _key(self, part: str, name: str) -> str:
        return f"{self._prefix}{part}:{name}"


def _rate(limit: Limit) -> float:
    return limit.per_minute / MINUTE
