"""Follows channels that get another id, as a private one does when it is shared with others.

Slack takes the old id no more: https://docs.slack.dev/reference/events/channel_id_changed.
"""

import asyncio
import logging
from collections.abc import Iterable

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.slack.connection.routing import Route, RouteKind
from bot.store.channels import Channels
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

REFRESH = 5.0
"""Seconds after which the other replicas know of a change too."""
MOST_MOVES = 10
"""Changes of its id that we follow for one channel; sharing it takes only one."""


class MovedChannels:
    """Knows where channels are now, for posting and for ALLOWED_CHANNELS alike."""

    def __init__(self, store: Channels, listed: Iterable[str]) -> None:
        """Warns the operator about old ids in `listed`, which is ALLOWED_CHANNELS."""
        self._store = store
        self._listed = frozenset(listed)
        self._known: dict[str, str] = {}
        self._unwritten: dict[str, str] = {}

    def routes(self) -> tuple[Route, ...]:
        """Returns the event in which Slack says that a channel's id has changed."""
        return (Route(RouteKind.EVENT, "channel_id_changed", self.changed),)

    def where(self, channel: str) -> str:
        """Returns the id that a channel has now."""
        for _ in range(MOST_MOVES):  # not for ever: two moves may lead in a circle
            if channel not in self._known:
                break
            channel = self._known[channel]
        return channel

    async def changed(self, args: AsyncArgs) -> None:
        """Learns a channel's new id, writes it down if Redis is there, then acknowledges."""
        event = args.body["event"]
        old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
        self._learn({old: new})  # holds here at once, also while Redis is away
        self._unwritten[old] = new
        await self._write()
        await args.ack()

    async def run(self) -> None:
        """Keeps in step with the other replicas, until cancelled."""
        while True:
            await self._write()
            try:
                # What is not written yet is newer than what Redis knows.
                self._learn(await self._store.moved() | self._unwritten)
            except StoreAwayError:
                log.debug("nobody says which channels have moved while Redis is away")
            await asyncio.sleep(REFRESH)

    async def _write(self) -> None:
        try:
            # A copy, as `changed` and `run` may both be here.
            for old, new in tuple(self._unwritten.items()):
                await self._store.move(old, new)
                if self._unwritten.get(old) == new:  # not one that it has got meanwhile
                    del self._unwritten[old]
        except StoreAwayError:
            log.warning("a channel's new id is not written down yet")

    def _learn(self, moved: dict[str, str]) -> None:
        for old, new in moved.items():
            if self._known.get(old) == new or old == new:
                continue
            self._known[old] = new
            log.warning("Slack calls the channel %s by another id now, %s", old, new)
            if old in self._listed:
                log.warning("ALLOWED_CHANNELS: write %s instead of %s", new, old)
