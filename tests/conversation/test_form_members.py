"""ALLOWED_CHANNELS in the form: who spends there is in that channel, or opened the form in it."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Scene, Start, outcome
from tests.conversation.forms import filled

WORDS = "only who is in it may spend credits there"


@pytest.fixture
def studio(slack: SlackSimulator, anna: User) -> Channel:
    """A channel of anna's: everybody can see it, and ben is not in it."""
    return slack.workspace.add_channel("studio", bot_member=True, members=[anna])


async def submitted(
    slack: SlackSimulator, user: User, listings: Channel, video: str, channel: Channel
) -> str:
    """What stands beside the field once the form is submitted for that channel."""
    view = await filled(slack, user, listings, video, 1)
    slack.fill(view, "form_channel", channel.id)
    await slack.submit(user, view.id, {})
    return str([each.errors for each in slack.workspace.modals(user)])


async def test_who_is_not_in_an_allowed_channel_spends_nothing_there(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
    studio: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3).id
    async with with_settings(ALLOWED_CHANNELS=studio.id):
        assert WORDS in await submitted(slack, ben, listings, video, studio)
        assert iacrea.posts == 0
        assert slack.workspace.messages(studio) == []

        assert WORDS not in await submitted(slack, anna, listings, video, studio)
        await outcome(slack, studio)
    assert iacrea.posts == 1


@pytest.mark.parametrize("why", ["scopes", "an error"])
async def test_where_slack_does_not_tell_the_form_works_in_the_channel_itself(
    why: str,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    studio: Channel,
) -> None:
    if why == "scopes":
        slack.scopes.difference_update({"channels:read", "groups:read"})
    else:
        slack.faults.errors["users.conversations"] = ["fatal_error"] * 9
    video = iacrea.account.add_video(sequences=3).id
    async with with_settings(ALLOWED_CHANNELS=studio.id):
        assert WORDS in await submitted(slack, anna, listings, video, studio)
        await slack.close_view(anna, slack.workspace.modals(anna)[-1].id)

        view = await filled(slack, anna, studio, video, 2)
        await slack.submit(anna, view.id, {})
        await outcome(slack, studio)
    assert iacrea.posts == 1


async def test_without_allowed_channels_nobody_is_asked(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    ben: User,
    listings: Channel,
    studio: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3).id
    async with with_settings():
        await submitted(slack, ben, listings, video, studio)
        await outcome(slack, studio)
    assert not any(call.method == "users.conversations" for call in slack.calls)


async def test_without_allowed_channels_what_is_posted_where_one_is_not_names_who_did_it(
    with_settings: Start, scene: Scene, ben: User, listings: Channel, studio: Channel
) -> None:
    """And what went wrong is told to that person, who does not read there."""
    video = scene.video().id
    async with with_settings():
        await submitted(scene.slack, ben, listings, video, studio)
        await scene.next(0, studio)
        [announced] = scene.slack.workspace.messages(studio)
        assert "ben" in announced.versions[0].text or ben.id in announced.versions[0].text

        scene.iacrea.account.credits = 0
        await submitted(scene.slack, ben, listings, video, studio)
        await scene.told(ben, "does not have enough credits", studio)
    assert scene.iacrea.posts == 1


async def test_nobody_is_offered_a_private_channel_that_they_are_not_in(
    with_settings: Start, scene: Scene, anna: User, ben: User, listings: Channel
) -> None:
    private = scene.slack.workspace.add_channel("deal", private=True, members=[anna])
    async with with_settings():
        view = await filled(scene.slack, ben, listings, scene.video().id, 1)
        with pytest.raises(ValueError, match="does not offer"):
            scene.slack.fill(view, "form_channel", private.id)
