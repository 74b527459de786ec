"""Who may do what: by the settings, and by what Slack says of people."""

import contextlib
import logging
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.permissions import Permissions, Standing
from bot.domain.request import ChannelId, Origin, Request, UserId
from bot.slack.answering.memberships import Memberships
from bot.slack.answering.people import People
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.web_api import Where
from bot.transitions import about

log = logging.getLogger(__name__)

PATIENCE = 300.0
"""Seconds after which somebody is told that Slack does not say who they are."""


class Access:
    """Answers for everything that somebody types or presses."""

    def __init__(
        self,
        permissions: Permissions,
        people: People,
        memberships: Memberships,
        where: Where = str,
    ) -> None:
        """`where` tells the id that a channel has now."""
        self._permissions = permissions
        self._people = people
        self._memberships = memberships
        self._where = where

    def is_admin(self, user: UserId) -> bool:
        """Whether somebody sees everybody's requests and spending."""
        return self._permissions.is_admin(user)

    def sees(self, origin: Origin, request: Request) -> bool:
        """Whether a request is shown to somebody there, pointed to, and theirs to stop.

        That is so where it was asked, for who asked it, and for whoever is listed as an
        administrator. Button values can be edited, so each use judges anew.
        """
        there = bool(origin.channel) and self._same(origin.channel, request.origin.channel)
        return there or request.origin.user == origin.user or self.is_admin(origin.user)

    def points_to(self, channel: ChannelId, request: Request) -> bool:
        """Whether everybody in a channel may be led to a request: it was asked there."""
        return self._same(channel, request.origin.channel)

    def check_at_hand(self, origin: Origin, channel: ChannelId | None) -> None:
        """Whether somebody may spend there, by what is known without waiting for Slack.

        Whoever Slack has not said enough of passes; `admit` has the last word.

        Raises:
            NotAllowed: they may not.
        """
        self._check(origin, channel, once_known=True)

    async def check(self, origin: Origin, channel: ChannelId | None) -> None:
        """The same with what Slack says of them within a moment; who is unknown may not.

        Raises:
            NotAllowed: they may not.
        """
        await self._people.look_up(origin.user)
        self._check(origin, channel)

    async def may_choose(self, user: UserId, chosen: ChannelId, opened: ChannelId | None) -> bool:
        """Whether a form that was opened in one channel may post in another.

        ALLOWED_CHANNELS lets those spend who are in them: who only knows of one is not.
        """
        if not self._permissions.channels or (opened and self._same(chosen, opened)):
            return True
        return await self._memberships.includes(user, chosen)

    async def check_carried(self, origin: Origin, channel: ChannelId) -> None:
        """Whether a button that was pressed in one channel may spend in the one that it carries.

        Raises:
            NotAllowed: they may not, or Slack does not say that they are there.
        """
        if not await self.may_choose(origin.user, channel, origin.channel):
            listed, admins = self._permissions.channels, self._permissions.admins
            raise NotAllowed(person=False, channels=listed, admins=admins)

    async def may_spend(self, origin: Origin) -> bool:
        """Whether somebody may spend credits somewhere."""
        with contextlib.suppress(NotAllowed):
            await self.check(origin, None)
            return True
        return False

    async def sees_credits(self, user: UserId, teams: Iterable[str]) -> bool:
        """Whether somebody may know what is left and who spent what: no outsider and no guest."""
        await self._people.look_up(user)
        person = self._people.person(user, teams)
        return self._permissions.standing(person) is Standing.MEMBER

    async def sees_credits_at_home(self, user: UserId, teams: Iterable[str] = ()) -> bool:
        """The same in a Home tab; `teams` are those that the event names.

        Its event names the app's workspace for everybody, so only a profile tells outsiders; where
        none may be asked for, it is enough that no other workspace is named.
        """
        if self._people.can_tell:
            return await self.sees_credits(user, ())
        return not teams or await self.sees_credits(user, teams)

    async def admit(self, request: Request, now: float) -> None:
        """Lets a request through to what spends, once it is known who asked for it.

        Raises:
            NotAllowed: they may not, or Slack does not say who they are.
            SlackError: it does not say it now; to be asked again.
        """
        origin = request.origin
        if not origin.teams and not self._people.can_tell:
            return  # accepted by the release before, which asked nobody
        if self._standing(origin) is Standing.UNKNOWN:
            try:
                await self._people.ask(origin.user)
            except SlackRefusedError as refused:
                log.warning("who asked is not known: %s", refused, extra=about(request))
            except SlackError:
                if now - origin.at < PATIENCE:
                    raise
        self._check(origin, origin.channel)

    def _check(
        self, origin: Origin, channel: ChannelId | None, *, once_known: bool = False
    ) -> None:
        """By the ids that channels have now, whichever they had when they were written down."""
        listed = tuple(map(self._where, self._permissions.channels))
        person = self._people.person(origin.user, origin.teams)
        now = None if channel is None else ChannelId(self._where(channel))
        permissions = replace(self._permissions, channels=listed)
        permissions.check(person, now, once_known=once_known)

    def _same(self, one: ChannelId, other: ChannelId) -> bool:
        return self._where(one) == self._where(other)

    def _standing(self, origin: Origin) -> Standing:
        return self._permissions.standing(self._people.person(origin.user, origin.teams))
