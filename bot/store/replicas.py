"""Waits until a write is on a replica, if Redis has replicas, before anything follows from it.

Redis answers a write before its replicas have it. During a failover the old primary goes on
answering for a moment, although all that it takes is thrown away. A request that lost its «about
to be sent» that way would be sent, and paid for, a second time. So a write that no replica confirms
counts as unanswered. Once no replica was seen for `GIVE_UP` seconds there is none, and Redis alone
is believed.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

from bot.store.client import answered
from bot.store.errors import StoreAwayError
from bot.store.lua import Keys, Script
from bot.store.outage import Outage

log = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds for a replica to confirm a write; an acknowledgement has a second in all."""
LOOKING = 0.2
"""Seconds for a replica to show up; the first writes of a process wait for that."""
LOOK_AGAIN = 10.0
"""Seconds between two looks whether there are replicas."""
IN_OUTAGE = 1.0
"""The same while Redis takes no writes."""
GIVE_UP = 25.0
"""Seconds without a replica after which there is none. A failover takes less."""


class Replicas:
    """Runs scripts that write, and waits for one replica as long as there is one.

    Attributes:
        outage: whether Redis cannot be used, and why.
    """

    def __init__(self, redis: Redis, prefix: str) -> None:
        self._redis = redis
        self.outage = Outage()
        self._probing = Script(redis, "probe")
        self._probe = f"{prefix}probe"
        self._noted = f"{prefix}replicated"
        self._looked = False
        self._first_look = asyncio.Lock()
        self._seen: float | None = None

    async def watch(self) -> None:
        """Looks again and again whether there are replicas, and whether Redis takes writes."""
        while True:
            try:
                await self.look()
                await self.probe()
                # Only a write proves it: a Redis that is full, or a replica, answers questions.
                self.outage.ends()
            except StoreAwayError as error:
                self.outage.begins(error)
            await asyncio.sleep(IN_OUTAGE if self.outage.lasts else LOOK_AGAIN)

    @answered
    async def probe(self) -> None:
        """Writes in the way a request is written, and raises what that would raise."""
        await self.run(self._probing, {"probe": self._probe, "another": self._noted}, {})

    @answered
    async def look(self) -> None:
        """Looks by a write whether there are replicas, as not every user may read Redis's list.

        Notes in Redis that it saw one, for a process that starts during a failover.
        """
        async with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.set(self._probe, 1, px=1000)
            pipeline.execute_command("WAIT", 1, round(LOOKING * 1000))
            pipeline.pttl(self._noted)
            _, reached, left = await pipeline.execute()
        noted = 0 < left <= GIVE_UP * 1000  # longer where the clock was put back since
        if reached:
            await self._redis.set(self._noted, 1, px=round(GIVE_UP * 1000))
        if reached or (noted and self._seen is None):
            if self._seen is None:
                log.info("Redis has a replica; writes wait for it")
            self._seen = time.monotonic()
        elif self._seen is not None and time.monotonic() - self._seen > GIVE_UP:
            log.warning("Redis has no replica any more; writes go on without")
            self._seen = None
        self._looked = True

    async def run(self, writing: Script, keys: Keys, given: Mapping[str, Any]) -> Any:
        """Returns the script's answer, once a replica has what it wrote. One round trip.

        Raises:
            StoreAwayError: no replica has confirmed it, so that it may be lost.
        """
        if not self._looked:
            async with self._first_look:
                # Again, as somebody else has looked while this one waited for its turn.
                if not self._looked:
                    await self.look()
        if self._seen is None:
            return await writing(keys, **given)
        try:
            answer, reached = await self._run_and_wait(writing, keys, given)
        except NoScriptError:  # a new primary; nothing was run
            await self._redis.script_load(writing.text)
            answer, reached = await self._run_and_wait(writing, keys, given)
        if not reached:
            raise StoreAwayError("no replica of Redis has what was written")
        return answer

    async def _run_and_wait(
        self, writing: Script, keys: Keys, given: Mapping[str, Any]
    ) -> list[Any]:
        names, argument = writing.call(keys, given)
        # No transaction: within one, WAIT does not wait.
        async with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.evalsha(writing.sha, len(names), *names, argument)
            pipeline.execute_command("WAIT", 1, round(PATIENCE * 1000))
            answers: list[Any] = await pipeline.execute()
        return answers
