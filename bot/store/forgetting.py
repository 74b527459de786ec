"""Removes a person from everything that is kept, by looking at all of it."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from redis.asyncio import Redis

from bot.domain.request import Request, UserId
from bot.store.channels import LISTS
from bot.store.client import answered
from bot.store.lua import Script
from bot.store.threads import thread_key
from bot.store.writing import TAKES

AT_ONCE = 200
"""Keys looked at in one go, so that nobody else waits long."""
NOBODY = ""
"""Stands in the place of a name that was removed."""


class Forgetting:
    """Removes what is kept of people. Each method may raise StoreAwayError while Redis is away."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._swap = Script(redis, "swap")

    async def person(self, user: UserId, *, dry: bool = False) -> Counter[str]:
        """Removes somebody wherever they are named; returns how often, by what kind of thing.

        `dry` counts and removes nothing. A request of theirs is removed in whatever state it is, so
        what runs has to be finished before.
        """
        found: Counter[str] = Counter()
        # As a whole: somebody else's id may begin with theirs.
        named = re.compile(rf"(?<![A-Za-z0-9]){re.escape(user)}(?![A-Za-z0-9])")
        cursor = 0
        while True:
            cursor, keys = await self._page(cursor)
            for key in keys:
                kind = await self._in_key(key, user, named, dry=dry)
                if kind is not None:
                    found[kind] += 1
            if cursor == 0:
                return found

    @answered
    async def drop(self, requests: Iterable[Request]) -> None:
        """Takes requests out of the lists, and removes what is kept of their direct messages."""
        async with self._redis.pipeline() as pipeline:
            for each in requests:
                channel = each.origin.channel
                # The list by person has their id in its name, by which it is found and removed.
                for name in ("", f"-in:{channel}", f"-on:{each.order.video}"):
                    pipeline.zrem(f"{self._prefix}requests{name}", each.id)
                if each.origin.in_direct_message:
                    pipeline.delete(*self._of_channel(channel))
                    if each.thread is not None:
                        pipeline.delete(thread_key(self._prefix, channel, each.thread))
            await pipeline.execute()

    @answered
    async def rewrite(self) -> None:
        """Has Redis write its append-only file anew, in which what was removed still stands."""
        await self._redis.bgrewriteaof()

    def _of_channel(self, channel: str) -> list[str]:
        return [f"{self._prefix}{kind}:{channel}" for kind in LISTS]

    @answered
    async def _page(self, cursor: int) -> tuple[int, list[str]]:
        # To SCAN these would stand for other characters than themselves.
        pattern = re.sub(r"([\\*?\[\]])", r"\\\1", self._prefix) + "*"
        following, keys = await self._redis.scan(cursor, match=pattern, count=AT_ONCE)
        return int(following), [str(each) for each in keys]

    @answered
    async def _in_key(
        self, key: str, user: UserId, named: re.Pattern[str], *, dry: bool
    ) -> str | None:
        """Returns what kind of thing names them there; None if nothing does."""
        name = key.removeprefix(self._prefix)
        if named.search(name):
            if not dry:
                await self._redis.delete(key)
            return "lists"
        match str(await self._redis.type(key)):
            case "string":
                return await self._in_text(key, user, named, dry=dry)
            case "hash":
                kind = await self._in_fields(key, user, named, dry=dry)
                return "takes" if kind and name == TAKES else kind
            case "zset":
                members = [str(each) for each in await self._redis.zrange(key, 0, -1)]
                theirs = [each for each in members if named.search(each)]
                if theirs and not dry:
                    await self._redis.zrem(key, *theirs)
                return "lists" if theirs else None
            case _:  # lists and sets hold times and ids of requests
                return None

    async def _in_text(
        self, key: str, user: UserId, named: re.Pattern[str], *, dry: bool
    ) -> str | None:
        """Removes their record; another person's request goes on without the name."""
        text: Any = await self._redis.get(key)
        if text is None or not named.search(text):
            return None
        others = _without_mention(str(text), user)
        if others is None:
            if not dry:
                await self._redis.delete(key)
            return "requests"
        if not dry:
            # What was written meanwhile stays as it is, and is found in the next round.
            await self._swap({"text": key}, old=text, new=others)
        return "mentions"

    async def _in_fields(
        self, key: str, user: UserId, named: re.Pattern[str], *, dry: bool
    ) -> str | None:
        """Keeps an entry of the ledger, or a take, without the name: the sums stay right."""
        kind = None
        fields: dict[Any, Any] = await self._redis.hgetall(key)
        for field, text in fields.items():
            if named.search(str(field)):
                kind = "sums"
                if not dry:
                    await self._redis.hdel(key, field)
            elif named.search(str(text)):
                kind = "entries"
                if not dry:
                    await self._nameless(key, str(field), str(text), user)
        return kind

    async def _nameless(self, key: str, field: str, text: str, user: UserId) -> None:
        try:
            entry = _without(json.loads(text), user)
        except (ValueError, RecursionError):
            # It names them, and nobody can read it.
            await self._redis.hdel(key, field)
            return
        # Whose direct message it is can be told from its id.
        if str(entry.get("channel", "")).startswith("D"):
            entry["channel"] = NOBODY
        told = json.dumps(entry, separators=(",", ":"), ensure_ascii=False)
        await self._redis.hset(key, field, told)


def _without_mention(text: str, user: UserId) -> str | None:
    """Returns another's request without the name; None if it is theirs, or damaged."""
    version, _, body = text.partition(" ")
    try:
        fields = json.loads(body)
        if fields["asked"]["by"] == user:
            return None
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    told = json.dumps(_without(fields, user), separators=(",", ":"), ensure_ascii=False)
    return f"{version} {told}"


def _without(value: Any, user: UserId) -> Any:
    """Returns the same with `NOBODY` in the place of their name."""
    if isinstance(value, dict):
        return {key: _without(each, user) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, user) for each in value if each != user]
    return NOBODY if value == user else value
