"""The user groups of a simulated workspace: pure state, like `views`."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sandbox.slack.errors import SlackError
from sandbox.slack.records import Change, ChangeKind, User, UserGroup


class UserGroups:
    """The groups that people are mentioned by, all at once. None is ever deleted, only disabled."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        new_id: Callable[[str], str],
        announce: Callable[[Change], None],
    ) -> None:
        """Starts without any; `clock` gives Unix time in seconds."""
        self._clock = clock
        self._new_id = new_id
        self._announce = announce
        self._groups: dict[str, UserGroup] = {}

    def add(self, name: str, handle: str, members: Iterable[User]) -> UserGroup:
        """Adds a group; `handle` is what follows the at sign in a mention of it."""
        now = int(self._clock())
        ids = tuple(user.id for user in members)
        return self._keep(UserGroup(self._new_id("S"), name, handle, ids, now, now))

    def change(self, group: UserGroup, members: Iterable[User]) -> UserGroup:
        """Has other people in a group: those and nobody else (usergroups.users.update)."""
        ids = tuple(user.id for user in members)
        return self._updated(replace(self.find(group.id), members=ids))

    def disable(self, group: UserGroup) -> UserGroup:
        """Disables a group, which is all that can be done to be rid of it (usergroups.disable)."""
        return self._updated(replace(self.find(group.id), deleted=int(self._clock())))

    def all(self) -> list[UserGroup]:
        """Returns every group, disabled ones too."""
        return list(self._groups.values())

    def find(self, group_id: str) -> UserGroup:
        """Returns a group as it is now.

        Raises:
            SlackError: there is none.
        """
        if group_id not in self._groups:
            raise SlackError("no_such_subteam")
        return self._groups[group_id]

    def _updated(self, group: UserGroup) -> UserGroup:
        return self._keep(replace(group, updated=int(self._clock())))

    def _keep(self, group: UserGroup) -> UserGroup:
        self._groups[group.id] = group
        self._announce(Change(ChangeKind.GROUP_CHANGED, group))
        return group
