"""Which faults come when, and who asks for what when: all of it follows from the seed; pure."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

REQUESTS = 10
"""People's requests in one run."""
WINDOW = 7.0
"""Seconds in which people ask and faults strike."""
FOLLOWERS = 2
"""Videos that are followed in one run, by somebody each."""
FAULTS = 9
"""Faults in one run, besides those that belong to single deliveries."""
CROWDED = 0.5
"""In how many of the runs people come in crowds."""
TUNNELLED = 0.4
"""In how many of the runs there is a company's proxy."""
TWICE = 0.3
"""How many of the deliveries come twice."""
VIDEOS = 4
SEQUENCES = 5
HISTORY = ("channels:history", "groups:history")
PUBLIC = "chat:write.public"
DECLINED = 0.35
"""How often each of these scopes is declined."""


class Fault(StrEnum):
    """What can go wrong; the report counts them by these names."""

    KILL = "kill -9 of a replica"
    STOP = "restart of a replica in good order"
    VALKEY_KILLED = "kill -9 of Valkey"
    VALKEY_STOPPED = "restart of Valkey"
    REDIS_IDLE = "idle connections to Redis closed"
    REDIS_KILLED = "CLIENT KILL of all connections to Redis"
    REDIS_RESET = "connections to Redis reset in a command"
    REDIS_STILL = "Redis stands still"
    REDIS_FULL = "Redis refuses: OOM"
    REDIS_READONLY = "Redis refuses: READONLY"
    REDIS_ALONE = "Redis refuses: NOREPLICAS"
    REDIS_DISK = "Redis refuses: MISCONF"
    REDIS_RIGHTS = "Redis refuses: NOPERM to write"
    REDIS_WAITING = "Redis refuses: NOPERM to wait"
    REDIS_CLOCK_BACK = "Redis's clock put back"
    REDIS_CLOCK_AHEAD = "Redis's clock put forward"
    BOT_CLOCK_BACK = "a replica's clock put back"
    BOT_CLOCK_AHEAD = "a replica's clock put forward"
    PROXY_DROPS = "proxy: every tunnel dropped"
    PROXY_502 = "proxy: 502"
    PROXY_407 = "proxy: 407"
    PROXY_SILENT = "proxy: no answer"
    PROXY_HANGS_UP = "proxy: hangs up"
    SLACK_CUT = "connections to Slack cut"
    SLACK_SLOW = "Slack slow"
    SLACK_AWAY = "Slack refuses connections"
    SOCKETS_DROPPED = "Socket Mode dropped"
    SOCKETS_REFRESHED = "Socket Mode refreshed"
    SLACK_LIMITED = "Slack: 429 with Retry-After"
    SLACK_LIMITED_BARE = "Slack: 429 without Retry-After"
    SLACK_ERROR = "Slack: 500 or 503"
    SLACK_LOST = "Slack: stored, answer lost"
    SLACK_FAILED = "Slack: stored, answered 500"
    SLACK_MOVING = "Slack: the workspace moves into an organisation"
    PARENT_DELETED = "an announcement is deleted"
    IACREA_CUT = "connections to IACrea cut"
    IACREA_SLOW = "IACrea slow"
    POST_LOST = "POST took effect, answer lost"
    POST_DROPPED = "POST dropped before it took effect"
    POST_LIMITED = "POST: 429"
    POST_ERROR = "POST: 500 or 503"
    POST_GARBLED = "POST: unreadable answer"
    GET_LOST = "poll: answer lost"
    GET_LIMITED = "poll: 429"
    GET_ERROR = "poll: 500 or 503"
    GET_GARBLED = "poll: unreadable answer"


OF_PROXY = frozenset(each for each in Fault if each.name.startswith("PROXY_"))
"""What can only go wrong where there is a proxy."""


class Place(StrEnum):
    """What kind of channel somebody asks in."""

    MEMBER = "the bot is a member"
    STRANGER = "public, the bot is no member"
    PRIVATE = "private, the bot is a member"
    SHARED = "shared with another organisation, whose people press what they see"


SCOPES = {
    Place.MEMBER: "channels:history",
    Place.SHARED: "channels:history",
    Place.PRIVATE: "groups:history",
}
"""What a look into such a channel needs; where the bot is no member, nothing helps."""


class Way(StrEnum):
    """How somebody asks."""

    COMMAND = "command"
    FORM = "form"
    CLICK = "click"


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault at a time, seconds from the start; `chance` (0 to 1) decides its details."""

    at: float
    fault: Fault
    chance: float


@dataclass(frozen=True, slots=True)
class Ask:
    """A request at a time, seconds from the start.

    Attributes:
        channel: each request has a channel of its own, so that whatever is said there is its.
        place: what kind of channel that is.
        video: which one, from 0.
        position: which sequence of it, from 1; no two requests have the same.
        twice: the delivery comes two times.
        waits: its person waits for a render rather than cancel it, if they are asked.
    """

    at: float
    way: Way
    channel: str
    place: Place
    video: int
    position: int
    twice: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class Following:
    """Somebody who follows a video of their own at a time, seconds from the start.

    Attributes:
        channel, place, twice: as in `Ask`.
        video: its id.
    """

    at: float
    channel: str
    place: Place
    video: str
    twice: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """One run, whole.

    Attributes:
        replicas: how many bots share one Valkey.
        idle_limit: seconds after which Redis closes a connection (its `timeout`); 0 is never.
        tunnelled: Slack and IACrea are behind a company's proxy, over TLS.
        slow: renders take so long that people meet them.
        declined: the scopes that whoever installed the app left out.
    """

    seed: int
    replicas: int
    idle_limit: int
    tunnelled: bool
    slow: bool
    declined: frozenset[str]
    asks: tuple[Ask, ...]
    strikes: tuple[Strike, ...]
    follows: tuple[Following, ...]

    def may_look(self, place: Place) -> bool:
        """Whether the bots may look for a message in such a channel."""
        return place in SCOPES and SCOPES[place] not in self.declined


def plan(seed: int) -> Plan:
    """The run of that seed; the same each time."""
    chance = random.Random(seed)  # noqa: S311 - nobody is to be kept from guessing it
    places = [(video, place + 1) for video in range(VIDEOS) for place in range(SEQUENCES)]
    ways = [Way.COMMAND] * 6 + [Way.FORM] * 2 + [Way.CLICK] * 2
    chance.shuffle(ways)
    # Half of the time they come in crowds, with quiet between them, in which connections lie idle.
    crowds = 3 if chance.random() < CROWDED else REQUESTS
    moments = [chance.uniform(0, WINDOW) for _ in range(crowds)]
    asks = [
        Ask(
            at=chance.choice(moments),
            way=way,
            channel=f"ask-{number}",
            place=chance.choice(list(Place)),
            video=video,
            position=position,
            twice=chance.random() < TWICE,
            waits=position % 3 != 0,
        )
        for number, (way, (video, position)) in enumerate(
            zip(ways, chance.sample(places, REQUESTS), strict=True)
        )
    ]
    tunnelled = chance.random() < TUNNELLED
    faults = [each for each in Fault if tunnelled or each not in OF_PROXY]
    strikes = [
        Strike(chance.uniform(0.2, WINDOW + 2), chance.choice(faults), chance.random())
        for _ in range(FAULTS)
    ]
    return Plan(
        seed=seed,
        replicas=1 + seed % 3,
        tunnelled=tunnelled,
        slow=seed % 2 == 0,
        idle_limit=chance.choice((0, 1)),
        declined=frozenset(each for each in (*HISTORY, PUBLIC) if chance.random() < DECLINED),
        asks=tuple(sorted(asks, key=lambda ask: ask.at)),
        strikes=tuple(sorted(strikes, key=lambda strike: strike.at)),
        follows=tuple(_follows(random.Random(f"follows {seed}"))),  # noqa: S311 - as above
    )


def _follows(chance: random.Random) -> Iterator[Following]:
    """By chances of their own, so that a seed has the same requests and faults as before."""
    for number in range(FOLLOWERS):
        yield Following(
            at=chance.uniform(0, WINDOW),
            channel=f"follow-{number}",
            place=chance.choice((Place.MEMBER, Place.PRIVATE)),
            video=f"followed-{number:04}",
            twice=chance.random() < TWICE,
        )
