"""Permissions: who may spend credits, and where."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.permissions import Permissions


def refused(permissions: Permissions, user: str, channel: str | None) -> NotAllowed:
    with pytest.raises(NotAllowed) as raised:
        permissions.check(user, channel)
    return raised.value


def test_where_nothing_is_listed_everybody_may_everywhere():
    Permissions().check("U1", "C1")
    Permissions(admins=("U9",)).check("U1", None)


def test_whoever_is_not_listed_may_not_and_learns_whom_to_ask():
    permissions = Permissions(users=("U1",), admins=("U9",))

    permissions.check("U1", "C1")
    assert refused(permissions, "U2", "C1") == NotAllowed(person=True, admins=("U9",))


def test_elsewhere_nobody_may_and_learns_where():
    permissions = Permissions(channels=("C1", "C2"), admins=("U9",))

    permissions.check("U1", "C2")
    expected = NotAllowed(person=False, channels=("C1", "C2"), admins=("U9",))
    assert refused(permissions, "U1", "C3") == expected
    assert refused(permissions, "U1", "D1") == expected


def test_before_a_channel_is_chosen_only_the_person_is_checked():
    permissions = Permissions(channels=("C1",), users=("U1",))

    permissions.check("U1", None)
    assert refused(permissions, "U2", None).person


def test_of_a_stranger_in_a_wrong_channel_the_person_is_what_is_wrong():
    assert refused(Permissions(channels=("C1",), users=("U1",)), "U2", "C2").person


def test_an_admin_who_is_not_listed_may_not_spend_either():
    permissions = Permissions(users=("U1",), admins=("U9",))

    assert permissions.is_admin("U9")
    assert not permissions.is_admin("U1")
    assert refused(permissions, "U9", "C1").person
