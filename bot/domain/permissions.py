"""Who may spend credits, and where."""

from dataclasses import dataclass

from bot.domain.errors import NotAllowed
from bot.domain.request import ChannelId, UserId


@dataclass(frozen=True, slots=True)
class Permissions:
    """Slack ids from the configuration; where none are listed, all are allowed.

    Attributes:
        admins: who can be asked for more. They may not spend because of that, nor more often.
    """

    channels: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()

    def check(self, user: UserId, channel: ChannelId | None) -> None:
        """Lets somebody spend there; with no channel, as none is chosen yet, anywhere.

        Raises:
            NotAllowed: that person may not, or not in that channel.
        """
        if self.users and user not in self.users:
            raise NotAllowed(person=True, admins=self.admins)
        if self.channels and channel is not None and channel not in self.channels:
            raise NotAllowed(person=False, channels=self.channels, admins=self.admins)

    def is_admin(self, user: UserId) -> bool:
        """Whether somebody is listed as one."""
        return user in self.admins
