"""Who may spend credits, and where; who sees what is left of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.request import ChannelId, UserId

SILENT_GROUP = "group"
"""Why somebody may not who is perhaps in a user group: Slack does not say who is."""


def is_group(listed: str) -> bool:
    """Whether an id of ALLOWED_USERS or ADMIN_USERS is that of a user group."""
    return listed.startswith("S")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as far as Slack has said who they are.

    Attributes:
        teams: workspaces and organisations that they belong to, ids; none where Slack named none.
        guest: of theirs.
        known: whether there is nothing more that Slack could say of them.
    """

    id: UserId
    teams: frozenset[str] = frozenset()
    guest: bool = False
    known: bool = True


class Standing(StrEnum):
    """What somebody is to the workspace in which the bot is installed."""

    MEMBER = "member"  # of it, of its organisation, or let in by a setting
    OUTSIDER = "outsider"  # of another organisation
    GUEST = "guest"
    UNKNOWN = "unknown"  # Slack can say it, and has not yet


@dataclass(frozen=True, slots=True)
class Permissions:
    """Slack ids from the configuration; where none are listed, all are allowed.

    Attributes:
        users: who may spend: ids of people and of user groups.
        admins: who can be asked for more. They may not spend because of that, nor more often.
        groups: who is in which of those groups; one of which nobody knows that is left out.
        teams: whose people are no outsiders: where the bot is installed, and ALLOWED_TEAMS.
        guests: whether guests may do what members may.
    """

    channels: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    groups: Mapping[str, frozenset[UserId]] = field(default_factory=dict)
    teams: frozenset[str] = frozenset()
    guests: bool = False

    def standing(self, person: Person) -> Standing:
        """Returns what somebody is to the workspace.

        The organisation of people in its other workspaces, only users.info tells for sure.
        """
        if not self.teams & person.teams:
            told = person.known or (person.teams and not self._organisations)
            return Standing.OUTSIDER if told else Standing.UNKNOWN
        # Whoever is listed by their own id is let in though a guest; a group lets no guest in.
        if self.guests or person.id in self.users:
            return Standing.MEMBER
        if not person.known:
            return Standing.UNKNOWN
        return Standing.GUEST if person.guest else Standing.MEMBER

    def check(self, person: Person, channel: ChannelId | None, *, once_known: bool = False) -> None:
        """Lets somebody spend there; with no channel, as none is chosen yet, anywhere.

        With `once_known` somebody of whom Slack has not said enough passes, be it who they are or
        who is in a group: they are checked again before anything is spent.

        Raises:
            NotAllowed: that person may not, or not in that channel.
        """
        standing = self.standing(person)
        if standing is not Standing.MEMBER and not (once_known and standing is Standing.UNKNOWN):
            raise NotAllowed(person=True, admins=self.admins, why=standing.value)
        if self.users and not self._names(self.users, person.id):
            silent = any(is_group(each) and each not in self.groups for each in self.users)
            if not (silent and once_known):
                why = SILENT_GROUP if silent else ""
                raise NotAllowed(person=True, admins=self.admins, why=why)
        if self.channels and channel is not None and channel not in self.channels:
            raise NotAllowed(person=False, channels=self.channels, admins=self.admins)

    def is_admin(self, user: UserId) -> bool:
        """Whether somebody is listed as one, or is known to be in a group that is."""
        return self._names(self.admins, user)

    def _names(self, listed: tuple[str, ...], user: UserId) -> bool:
        return user in listed or any(user in self.groups.get(each, ()) for each in listed)

    @property
    def _organisations(self) -> bool:
        """Whether people of several workspaces are let in by an organisation's id."""
        return any(each.startswith("E") for each in self.teams)
