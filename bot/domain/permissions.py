"""Who may spend credits, and where; who sees what is left of them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotAllowed
from bot.domain.request import ChannelId, UserId


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
        admins: who can be asked for more. They may not spend because of that, nor more often.
        teams: whose people are no outsiders: where the bot is installed, and ALLOWED_TEAMS.
        guests: whether guests may do what members may.
    """

    channels: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()
    teams: frozenset[str] = frozenset()
    guests: bool = False

    def standing(self, person: Person) -> Standing:
        """Returns what somebody is to the workspace.

        The organisation of people in its other workspaces, only users.info tells for sure.
        """
        if not self.teams & person.teams:
            told = person.known or (person.teams and not self._organisations)
            return Standing.OUTSIDER if told else Standing.UNKNOWN
        if self.guests or person.id in self.users:
            return Standing.MEMBER
        if not person.known:
            return Standing.UNKNOWN
        return Standing.GUEST if person.guest else Standing.MEMBER

    def check(self, person: Person, channel: ChannelId | None, *, once_known: bool = False) -> None:
        """Lets somebody spend there; with no channel, as none is chosen yet, anywhere.

        With `once_known` somebody of whom Slack has not said enough passes: they are checked
        again before anything is spent.

        Raises:
            NotAllowed: that person may not, or not in that channel.
        """
        standing = self.standing(person)
        if standing is not Standing.MEMBER and not (once_known and standing is Standing.UNKNOWN):
            raise NotAllowed(person=True, admins=self.admins, why=standing.value)
        if self.users and person.id not in self.users:
            raise NotAllowed(person=True, admins=self.admins)
        if self.channels and channel is not None and channel not in self.channels:
            raise NotAllowed(person=False, channels=self.channels, admins=self.admins)

    def is_admin(self, user: UserId) -> bool:
        """Whether somebody is listed as one."""
        return user in self.admins

    @property
    def _organisations(self) -> bool:
        """Whether people of several workspaces are let in by an organisation's id."""
        return any(each.startswith("E") for each in self.teams)
