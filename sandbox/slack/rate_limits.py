"""Slack's own rate limits, as far as they are documented."""

from collections.abc import Callable
from dataclasses import dataclass

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """Calls per minute, of which `burst` may come at once."""

    per_minute: float
    burst: int

    @property
    def per_second(self) -> float:
        """The same for a second."""
        return self.per_minute / MINUTE


# https://docs.slack.dev/apis/web-api/rate-limits: tiers 2, 3 and 4 allow 20, 50 and 100 calls
# a minute; posting is about one message a second in a channel, "bursts tolerated" without a number,
# and «several hundred» a minute in the workspace, of which 300 are the least.
_TIER_2 = Allowance(per_minute=20, burst=20)
_TIER_3 = Allowance(per_minute=50, burst=50)
_TIER_4 = Allowance(per_minute=100, burst=100)
_POSTING = Allowance(per_minute=60, burst=3)
_POSTING_ANYWHERE = Allowance(per_minute=300, burst=300)

ALWAYS = frozenset({"apps.connections.open"})
"""Limited even where no fault asks for it: a client that reconnects without a pause calls it
hundreds of times a second, and is to see what Slack says to that. Its page says Tier 3 today; an
older copy of it, and a comment in slack_sdk 3.48, say Tier 1."""

_ALLOWANCES = {
    "apps.connections.open": _TIER_3,
    "apps.manifest.validate": _TIER_3,
    "chat.delete": _TIER_3,
    "chat.postEphemeral": _TIER_4,
    "chat.postMessage": _POSTING,
    "chat.update": _TIER_3,
    "conversations.history": _TIER_3,
    "conversations.info": _TIER_3,
    "conversations.open": _TIER_3,
    "conversations.replies": _TIER_3,
    "files.completeUploadExternal": _TIER_4,
    "files.getUploadURLExternal": _TIER_4,
    "usergroups.list": _TIER_2,
    "usergroups.users.list": _TIER_2,
    "users.conversations": _TIER_3,
    "users.info": _TIER_4,
    "views.open": _TIER_4,
    "views.publish": _TIER_4,
    "views.push": _TIER_4,
    "views.update": _TIER_4,
}


class RateLimits:
    """A bucket of calls per method, and per channel too where Slack counts so."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Starts with full buckets; `clock` gives Unix time in seconds."""
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def seconds_to_wait(self, method: str, channel: str) -> float:
        """Returns 0 for a call that may pass, and counts it; for others when to come again."""
        allowance = _ALLOWANCES.get(method)
        if allowance is None:
            return 0.0
        buckets = {(method, ""): allowance}
        if allowance is _POSTING:
            buckets = {(method, channel): _POSTING, (method, ""): _POSTING_ANYWHERE}
        left = {key: self._left(key, each) for key, each in buckets.items()}
        waits = [(1 - left[key]) / each.per_second for key, each in buckets.items()]
        if max(waits) <= 0:
            now = self._clock()
            self._buckets |= {key: (each - 1, now) for key, each in left.items()}
        return max(0.0, *waits)

    def _left(self, key: tuple[str, str], allowance: Allowance) -> float:
        now = self._clock()
        left, since = self._buckets.get(key, (float(allowance.burst), now))
        return min(float(allowance.burst), left + (now - since) * allowance.per_second)
