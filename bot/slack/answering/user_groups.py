"""Knows who is in the user groups that ALLOWED_USERS and ADMIN_USERS name."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Mapping

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.permissions import is_group
from bot.domain.request import UserId
from bot.fair_timeout import FairTimeout
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.connection.web_api import WebApi
from bot.store import user_groups
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

SCOPE = "usergroups:read"
KNOWN_FOR = 600.0
"""Seconds for which Slack's word is believed, unless an event says that it has changed."""
REFRESH = 5.0
"""Seconds after which a replica knows what another one was told."""
TURN = 30
"""Seconds after which we ask again if Slack did not answer: usergroups.users.list is Tier 2."""
ASK_LIMIT = 1.0
"""Seconds for which whoever spends waits for Slack to say who is in a group."""
LOOKS_APART = 0.05
"""Seconds between two looks whether it has said so."""


class UserGroups:
    """Knows who is in which group, from memory: an acknowledgement waits for nobody.

    One replica asks Slack for all of them. While it does not answer, what it said last holds.
    """

    def __init__(
        self,
        store: user_groups.UserGroups,
        slack: WebApi,
        scopes: frozenset[str],
        listed: Iterable[str],
    ) -> None:
        """Picks the groups of `listed`, which has people too. Without the scope all are empty."""
        self._store = store
        self._slack = slack
        self._listed = tuple(filter(is_group, dict.fromkeys(listed)))
        self._may_ask = SCOPE in scopes
        self._known: dict[str, frozenset[UserId]] = {}
        self._told: dict[str, float] = {}
        self._wanted = asyncio.Event()
        self._reading = asyncio.Lock()
        if self._listed and not self._may_ask:
            named = ", ".join(self._listed)
            log.warning("%s was not granted: nobody passes by the user groups %s", SCOPE, named)

    @property
    def known(self) -> Mapping[str, frozenset[UserId]]:
        """Returns who is in which group; one of which nothing is known is left out."""
        return self._known

    def routes(self) -> tuple[Route, ...]:
        """Returns the events that tell of groups."""
        return (
            Route(RouteKind.EVENT, "subteam_created", self.changed),
            Route(RouteKind.EVENT, "subteam_updated", self.changed),
            Route(RouteKind.EVENT, "subteam_members_changed", self.changed),
        )

    async def changed(self, args: AsyncArgs) -> None:
        """Writes down for all replicas that a group has changed, then acknowledges it.

        The event has the difference, or 500 members at most, so Slack is asked for all of them.
        """
        event = args.body["event"]
        group = str(event.get("subteam_id") or (event.get("subteam") or {}).get("id"))
        if group in self._listed:
            try:
                await self._store.note_changed(group)
            except StoreAwayError:
                log.warning("that the user group %s has changed is not written down yet", group)
                return  # Slack tells it again
            await self.look_up()
        await args.ack()

    async def run(self) -> None:
        """Keeps in step with Slack and the other replicas, until cancelled."""
        while True:
            self._wanted.clear()
            try:
                await self._refresh()
            except StoreAwayError:
                log.debug("nobody says who is in which group while Redis is away")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(REFRESH):
                    await self._wanted.wait()

    async def look_up(self) -> None:
        """Learns who is in them now, and waits a moment where Slack has to be asked for that."""
        if not self._wants_to_know:
            return
        with contextlib.suppress(StoreAwayError, TimeoutError):
            async with FairTimeout(ASK_LIMIT):
                while await self._read():
                    self._wanted.set()
                    await asyncio.sleep(LOOKS_APART)

    @property
    def _wants_to_know(self) -> bool:
        return self._may_ask and bool(self._listed)

    async def _refresh(self) -> None:
        if not self._wants_to_know:
            return
        for group in await self._read():
            await self._ask(group)
        await self._read()

    async def _read(self) -> list[str]:
        """Learns what Redis knows, and returns the groups for which Slack is to be asked."""
        async with self._reading:  # one by one, or an older reading could undo a newer one
            ages = await self._store.ages(self._listed)
            # Slack tells its members no more, so some replica has made Redis forget them.
            for group in self._told.keys() - ages.keys():
                self._known.pop(group, None)
                del self._told[group]
            for group, age in ages.items():
                if self._told.get(group) != age.told:
                    self._known[group] = await self._store.members(group)
                    self._told[group] = age.told
        return [each for each in self._listed if not _current(ages.get(each))]

    async def _ask(self, group: str) -> None:
        """Asks Slack for all members of a group, unless another replica does.

        Where there is no such group, or it was disabled, there are none.
        """
        at = await self._store.take_turn(group, TURN) if self._may_ask else None
        if at is None:
            return
        try:
            answer = await self._slack.ask("usergroups.users.list", usergroup=group)
        except SlackRefusedError as refused:
            if refused.reason != "no_such_subteam":
                await self._refused(group, refused.reason)
                return
            log.warning("there is no user group %s, or none any more: nobody is in it", group)
            members: list[UserId] = []
        except SlackError as error:
            log.warning("who is in the user group %s is not known now: %r", group, error)
            return
        else:
            members = [UserId(str(each)) for each in answer.get("users") or ()]
        await self._store.note(group, members, at)

    async def _refused(self, group: str, reason: str) -> None:
        """Forgets who is in a group that Slack tells no more: they might have left it."""
        lost: tuple[str, ...] = (group,)
        if reason == "missing_scope":
            self._may_ask, lost = False, self._listed
            named = ", ".join(self._listed)
            log.warning("%s was taken away: nobody passes by the user groups %s", SCOPE, named)
        else:
            log.warning("Slack does not say who is in the user group %s: %s", group, reason)
        for each in lost:
            self._known.pop(each, None)
            await self._store.forget(each)


def _current(age: user_groups.Age | None) -> bool:
    """Returns whether members are believed.

    Those that were told in the future are not: Redis's clock was put back since.
    """
    return age is not None and not age.changed and 0 <= age.seconds < KNOWN_FOR
