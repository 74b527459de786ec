"""A workspace with a bot in which everything is done once, and what Redis holds of it then."""

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import Bots, connected
from tests.conversation.conftest import outcome
from tests.conversation.following import text


@dataclass
class Kept:
    """All that is kept in Redis."""

    redis: Redis
    prefix: str

    async def everything(self) -> dict[str, Any]:
        """Every key, with all that it holds."""
        kept: dict[str, Any] = {}
        async for key in self.redis.scan_iter(f"{self.prefix}*"):
            match await self.redis.type(key):
                case "string":
                    kept[key] = await self.redis.get(key)
                case "hash":
                    kept[key] = await self.redis.hgetall(key)
                case "zset":
                    kept[key] = await self.redis.zrange(key, 0, -1)
                case "set":
                    kept[key] = await self.redis.smembers(key)
                case _:
                    kept[key] = await self.redis.lrange(key, 0, -1)
        return kept

    async def names(self, user: User) -> list[str]:
        """The keys that name somebody."""
        kept = await self.everything()
        return [key for key, value in kept.items() if user.id in f"{key} {value}"]


@dataclass
class Scene:
    """A workspace with a bot, and people in it."""

    bots: Bots
    slack: SlackSimulator
    iacrea: IACreaSimulator
    anna: User
    ben: User
    listings: Channel

    async def start(self) -> None:
        heads = self.slack.workspace.groups.add("Heads", "heads", [self.anna])
        await self.bots.start(environ={"MAX_REGENS_PER_HOUR": "50", "ADMIN_USERS": heads.id})
        await connected(self.slack)

    async def asks(self, user: User, channel: Channel, typed: str) -> None:
        await self.slack.command(user, channel, f"/regen {typed}")

    async def runs(self, user: User, posts: int) -> None:
        """A request of theirs that runs until somebody ends it."""
        self.iacrea.account.timings = Timings(queue=0.1, animate=60.0, render=0.2)
        video = self.iacrea.account.add_video(sequences=5).id
        await self.asks(user, self.listings, f"{video} 1")
        await self.iacrea.until(lambda it: it.posts == posts and it.polls(video) > 1)

    async def life(self) -> None:
        """Anna does everything that is written down; one request of ben's she stops."""
        video, direct = self.iacrea.account.add_video(sequences=5).id, self.direct()
        [heads] = self.slack.workspace.groups.all()
        await self.slack.change_group(heads, self.anna, self.ben)
        await self.slack.open_home(self.anna)
        await self.asks(self.anna, self.listings, f"name {video} lilac-street")
        await self.asks(self.anna, self.listings, video)
        await self.asks(self.anna, self.listings, f"{video} 2")
        await outcome(self.slack, self.listings)
        await self.asks(self.anna, direct, f"{video} 3")
        await outcome(self.slack, direct)
        await self.follows(self.anna, animate=0.3)
        await self.slack.until(lambda _: "Ready" in text(self.slack, self.listings))
        await self.asks(self.ben, self.listings, f"{video} 4")
        await outcome(self.slack, self.listings, 2)
        await self.runs(self.ben, posts=4)
        await self.slack.click(self.anna, self.announced()[-1], "stop_watching")
        await outcome(self.slack, self.listings, 3)

    async def follows(self, user: User, animate: float = 60.0) -> None:
        """A video that is ready within so many seconds."""
        self.iacrea.account.timings = Timings(queue=0.1, animate=animate, render=0.2)
        video = self.iacrea.account.add_video(["pending"], state="GENERATING_VIDEO").id
        self.iacrea.account.timings = Timings(queue=0.1, animate=0.3, render=0.2)
        await self.asks(user, self.listings, f"watch {video}")
        await self.iacrea.until(lambda it: it.polls(video) > 3)

    def direct(self) -> Channel:
        return self.slack.workspace.direct_message(self.anna)

    def announced(self) -> list[Message]:
        return self.slack.workspace.messages(self.listings)
