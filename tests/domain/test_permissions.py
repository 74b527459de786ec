"""Permissions: who may spend credits, and where."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.permissions import SILENT_GROUP, Permissions, Person, Standing

HOME = frozenset({"T1"})


def member(user: str, *teams: str) -> Person:
    return Person(user, frozenset(teams or HOME))


def refused(permissions: Permissions, person: Person, channel: str | None) -> NotAllowed:
    with pytest.raises(NotAllowed) as raised:
        permissions.check(person, channel)
    return raised.value


def test_where_nothing_is_listed_every_member_may_everywhere():
    Permissions(teams=HOME).check(member("U1"), "C1")
    Permissions(admins=("U9",), teams=HOME).check(member("U1"), None)


def test_whoever_is_not_listed_may_not_and_learns_whom_to_ask():
    permissions = Permissions(users=("U1",), admins=("U9",), teams=HOME)

    permissions.check(member("U1"), "C1")
    expected = NotAllowed(person=True, admins=("U9",))
    assert refused(permissions, member("U2"), "C1") == expected


def test_elsewhere_nobody_may_and_learns_where():
    permissions = Permissions(channels=("C1", "C2"), admins=("U9",), teams=HOME)

    permissions.check(member("U1"), "C2")
    expected = NotAllowed(person=False, channels=("C1", "C2"), admins=("U9",))
    assert refused(permissions, member("U1"), "C3") == expected
    assert refused(permissions, member("U1"), "D1") == expected


def test_before_a_channel_is_chosen_only_the_person_is_checked():
    permissions = Permissions(channels=("C1",), users=("U1",), teams=HOME)

    permissions.check(member("U1"), None)
    assert refused(permissions, member("U2"), None).person


def test_of_a_stranger_in_a_wrong_channel_the_person_is_what_is_wrong():
    permissions = Permissions(channels=("C1",), users=("U1",), teams=HOME)
    assert refused(permissions, member("U2"), "C2").person


def test_an_admin_who_is_not_listed_may_not_spend_either():
    permissions = Permissions(users=("U1",), admins=("U9",), teams=HOME)

    assert permissions.is_admin("U9")
    assert not permissions.is_admin("U1")
    assert refused(permissions, member("U9"), "C1").person


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (member("U1"), Standing.MEMBER),
        (member("U1", "T2"), Standing.OUTSIDER),
        (member("U1", "T2", "E2"), Standing.OUTSIDER),
        (Person("U1", HOME, guest=True), Standing.GUEST),
        (Person("U1", HOME, known=False), Standing.UNKNOWN),
        (Person("U1", frozenset({"T2"}), known=False), Standing.OUTSIDER),  # Slack named another
        (Person("U1", known=False), Standing.UNKNOWN),
        (Person("U1"), Standing.OUTSIDER),  # nothing was said, and nothing can be
        (Person("U1", frozenset({"T2"}), guest=True), Standing.OUTSIDER),
    ],
)
def test_what_somebody_is_to_a_workspace(person, expected):
    assert Permissions(teams=HOME).standing(person) is expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (member("U1", "T2", "E1"), Standing.MEMBER),  # another workspace of the organisation
        (member("U1", "E1"), Standing.MEMBER),
        (member("U1", "T3", "E3"), Standing.OUTSIDER),
        (Person("U1", frozenset({"T2"}), known=False), Standing.UNKNOWN),  # whose workspace?
    ],
)
def test_in_an_organisation_its_other_workspaces_count_as_well(person, expected):
    assert Permissions(teams=frozenset({"T1", "E1"})).standing(person) is expected


def test_guests_are_let_in_by_a_setting_or_by_name():
    guest = Person("U1", HOME, guest=True)
    assert Permissions(teams=HOME, guests=True).standing(guest) is Standing.MEMBER
    assert Permissions(teams=HOME, users=("U1",)).standing(guest) is Standing.MEMBER
    refusal = refused(Permissions(teams=HOME, users=("U2",), admins=("U9",)), guest, "C1")
    assert refusal == NotAllowed(person=True, admins=("U9",), why="guest")


def test_being_named_lets_no_outsider_in():
    permissions = Permissions(teams=HOME, users=("U1",), admins=("U1",), guests=True)
    assert refused(permissions, member("U1", "T2"), None).why == "outsider"
    assert Permissions(teams=HOME | {"T2"}).standing(member("U1", "T2")) is Standing.MEMBER


def test_whoever_is_not_known_yet_passes_only_where_they_are_checked_again():
    permissions = Permissions(teams=HOME, users=("U1",))
    nobody_said = Person("U2", HOME, known=False)
    assert refused(Permissions(teams=HOME), nobody_said, "C1").why == "unknown"
    Permissions(teams=HOME).check(nobody_said, "C1", once_known=True)
    with pytest.raises(NotAllowed):
        permissions.check(nobody_said, "C1", once_known=True)
    with pytest.raises(NotAllowed):
        Permissions(teams=HOME).check(member("U1", "T2"), "C1", once_known=True)


def test_who_is_in_a_group_that_is_listed_is_listed():
    permissions = Permissions(
        users=("U1", "S1"), admins=("S2",), groups={"S1": {"U2"}, "S2": {"U3"}}, teams=HOME
    )
    permissions.check(member("U1"), "C1")
    permissions.check(member("U2"), "C1")
    expected = NotAllowed(person=True, admins=("S2",))
    assert refused(permissions, member("U3"), "C1") == expected
    assert [permissions.is_admin(each) for each in ("U1", "U2", "U3")] == [False, False, True]


def test_of_a_group_of_which_nobody_says_who_is_in_it_nobody_passes_but_to_be_checked_again():
    permissions = Permissions(users=("U1", "S1", "S2"), groups={"S2": {"U2"}}, teams=HOME)

    permissions.check(member("U1"), "C1")
    permissions.check(member("U2"), "C1")
    assert refused(permissions, member("U3"), "C1").why == SILENT_GROUP
    permissions.check(member("U3"), "C1", once_known=True)
    assert not Permissions(admins=("S1",)).is_admin("U1")


def test_no_outsider_and_no_guest_is_let_in_by_a_group():
    permissions = Permissions(users=("S1",), groups={"S1": {"U1"}}, teams=HOME)

    assert refused(permissions, member("U1", "T2"), "C1").why == "outsider"
    assert refused(permissions, Person("U1", HOME, guest=True), "C1").why == "guest"
