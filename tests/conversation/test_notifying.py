"""Whoever asked is notified once: of the outcome, and not of what they have just asked for."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import outcome

pytestmark = pytest.mark.usefixtures("bot")


async def test_the_announcement_names_its_person_and_notifies_nobody(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)

    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)

    [announcement] = slack.workspace.messages(listings)
    assert announcement.versions[0].text.startswith("anna is regenerating *sequence 2 of 5*")
    assert slack.workspace.notified(anna) == [result]


async def test_where_names_may_not_be_read_the_announcement_has_none_until_its_first_edit(
    slack: SlackSimulator, iacrea: IACreaSimulator, ben: User, listings: Channel
) -> None:
    slack.faults.errors["users.info"] = ["missing_scope"] * 9
    video = iacrea.account.add_video(sequences=5)

    await slack.command(ben, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)

    [announcement] = slack.workspace.messages(listings)
    first, *later = [version.text for version in announcement.versions]
    assert first.startswith("Regenerating *sequence 2 of 5*")
    assert all(text.startswith(f"<@{ben.id}>") for text in later)
    assert slack.workspace.notified(ben) == [result]
