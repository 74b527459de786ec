"""Decides who may do what, by the settings and by what Slack says of people."""

import contextlib
import logging
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.errors import NotAllowed
from bot.domain.follow import Follow
from bot.domain.permissions import Permissions, Standing
from bot.domain.request import ChannelId, Origin, Request, UserId
from bot.slack.answering.memberships import Memberships
from bot.slack.answering.people import People
from bot.slack.answering.user_groups import UserGroups
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.web_api import Where
from bot.transitions import about

log = logging.getLogger(__name__)

PATIENCE = 300.0
"""Seconds for which we ask Slack who somebody is before we refuse them."""


class Access:
    """Checks everything that somebody types or presses."""

    def __init__(
        self,
        permissions: Permissions,
        people: People,
        memberships: Memberships,
        groups: UserGroups,
        where: Where = str,
    ) -> None:
        """`where` returns the id that a channel has now: sharing one may change it."""
        self._permissions = permissions
        self._people = people
        self._memberships = memberships
        self._groups = groups
        self._where = where

    def is_admin(self, user: UserId) -> bool:
        """Returns whether somebody sees everybody's requests and spending, by what is at hand."""
        return self._now().is_admin(user)

    def sees(self, origin: Origin, request: Request | Follow) -> bool:
        """Returns whether somebody may see a request or a follow in that channel, and stop it.

        They may in the channel where it was asked, if they asked it, or as an administrator. Each
        use checks this again, because the value of a button can be edited.
        """
        return self.sees_asked(origin, request.origin.channel, request.origin.user)

    def sees_asked(self, origin: Origin, channel: ChannelId, by: UserId) -> bool:
        """Returns the same for what `by` asked in a channel; either may be forgotten, and empty."""
        # Home and global shortcuts name no channel.
        there = bool(origin.channel) and self._same(origin.channel, channel)
        return there or by == origin.user or self.is_admin(origin.user)

    def points_to(self, channel: ChannelId, request: Request | Follow) -> bool:
        """Returns whether a request may be linked to in a channel: it was asked there."""
        return self._same(channel, request.origin.channel)

    def check_at_hand(self, origin: Origin, channel: ChannelId | None) -> None:
        """Checks whether somebody may spend there, without waiting for Slack.

        Somebody of whom Slack has not told enough yet passes; `admit` checks them before it counts.

        Raises:
            NotAllowed: they may not.
        """
        self._check(origin, channel, once_known=True)

    async def check(self, origin: Origin, channel: ChannelId | None) -> None:
        """Checks the same, but asks Slack first; somebody who stays unknown may not spend.

        Raises:
            NotAllowed: they may not.
        """
        await self._people.look_up(origin.user)
        await self._groups.look_up()
        self._check(origin, channel)

    async def may_choose(self, user: UserId, chosen: ChannelId, opened: ChannelId | None) -> bool:
        """Returns whether a form that was opened in one channel may post in another.

        ALLOWED_CHANNELS lets the members of those channels spend; to know an id is not enough.
        """
        if not self._permissions.channels or (opened and self._same(chosen, opened)):
            return True
        return await self._memberships.includes(user, chosen)

    async def check_carried(self, origin: Origin, channel: ChannelId) -> None:
        """Checks whether a button pressed in one channel may spend in the channel that it carries.

        Raises:
            NotAllowed: they may not, or Slack does not say that they are there.
        """
        if not await self.may_choose(origin.user, channel, origin.channel):
            listed, admins = self._permissions.channels, self._permissions.admins
            raise NotAllowed(person=False, channels=listed, admins=admins)

    async def may_spend(self, origin: Origin) -> bool:
        """Returns whether somebody may spend credits in any channel."""
        with contextlib.suppress(NotAllowed):
            await self.check(origin, None)
            return True
        return False

    async def sees_credits(self, user: UserId, teams: Iterable[str]) -> bool:
        """Returns whether somebody may see the balance and who spent what: members only."""
        await self._people.look_up(user)
        person = self._people.person(user, teams)
        return self._permissions.standing(person) is Standing.MEMBER

    async def sees_credits_at_home(self, user: UserId, teams: Iterable[str] = ()) -> bool:
        """Returns the same for a Home tab; `teams` are those that the event names.

        The event names the app's own workspace for everybody, so only a profile tells outsiders.
        Without the scope for profiles it is enough that no other workspace is named.
        """
        if self._people.can_tell:
            return await self.sees_credits(user, ())
        return not teams or await self.sees_credits(user, teams)

    def serves(self, channel: ChannelId) -> bool:
        """Returns whether the settings let anybody spend in a channel."""
        listed = self._permissions.channels
        return not listed or any(self._same(channel, ChannelId(each)) for each in listed)

    async def serves_person(
        self, user: UserId, channel: ChannelId, teams: Iterable[str] = ()
    ) -> bool:
        """Returns whether somebody may spend there who opens a tab of the app; `teams` as above."""
        if not await self.sees_credits_at_home(user, teams):
            return False
        with contextlib.suppress(NotAllowed):
            await self.check(Origin(user, channel, 0.0, teams=tuple(teams)), channel)
            return True
        return False

    async def admit(self, request: Request, now: float) -> None:
        """Lets a request through to where credits are spent, once we know who asked for it.

        Raises:
            NotAllowed: they may not, or Slack does not say who they are.
            SlackError: Slack does not say it now; try again.
        """
        origin = request.origin
        if not origin.teams and not self._people.can_tell:
            return  # an old record: the release before did not note teams
        if self._standing(origin) is Standing.UNKNOWN:
            try:
                await self._people.ask(origin.user)
            except SlackRefusedError as refused:
                # Asking again would not help: `_check` refuses them.
                log.warning("who asked is not known: %s", refused, extra=about(request))
            except SlackError:
                if now - origin.at < PATIENCE:
                    raise
        await self._groups.look_up()
        self._check(origin, origin.channel)

    def _check(
        self, origin: Origin, channel: ChannelId | None, *, once_known: bool = False
    ) -> None:
        """Checks by today's channel ids, as settings and records may hold older ones."""
        person = self._people.person(origin.user, origin.teams)
        now = None if channel is None else ChannelId(self._where(channel))
        self._now().check(person, now, once_known=once_known)

    def _now(self) -> Permissions:
        """Returns the permissions with today's channel ids, and who is in the groups."""
        listed = tuple(map(self._where, self._permissions.channels))
        return replace(self._permissions, channels=listed, groups=self._groups.known)

    def _same(self, one: ChannelId, other: ChannelId) -> bool:
        return self._where(one) == self._where(other)

    def _standing(self, origin: Origin) -> Standing:
        return self._permissions.standing(self._people.person(origin.user, origin.teams))
