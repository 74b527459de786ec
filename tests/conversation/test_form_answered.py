"""A form whose channel the bot cannot post in is answered there, by the link of its menu."""

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import Start, private
from tests.conversation.forms import filled, the_form

REFUSED = "I cannot post here"


@pytest.fixture
def closed(slack: SlackSimulator, anna: User) -> Channel:
    """A private channel of hers into which nobody has invited the bot."""
    return slack.workspace.add_channel("closed", private=True, bot_member=False, members=[anna])


def directly(slack: SlackSimulator) -> int:
    """How often the bot wrote to somebody directly, or tried to in a channel."""
    return sum(call.method == "chat.postEphemeral" for call in slack.calls)


@pytest.mark.parametrize("positions", [(2,), (2, 4)], ids=["one", "several"])
async def test_it_is_answered_where_it_was_to_be_posted(
    positions: tuple[int, ...],
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    closed: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings():
        view = await filled(slack, anna, listings, video.id, *positions)
        slack.fill(view, "form_channel", closed.id)
        await slack.submit(anna, view.id, {})
        if len(positions) > 1:
            question = await the_form(slack, anna, "Go ahead?")
            assert (await slack.submit(anna, question.id, {})).ok
        assert REFUSED in await private(slack, anna, closed)
        assert "/invite" in slack.workspace.ephemerals(anna, closed)[-1].text
    assert slack.workspace.messages(slack.workspace.direct_message(anna)) == []
    assert directly(slack) == 0
    assert iacrea.posts == 0


async def test_among_two_people_it_is_said_that_no_invitation_helps(
    with_settings: Start, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User
) -> None:
    video = iacrea.account.add_video(sequences=5)
    two = slack.workspace.direct_message(anna, ben)
    async with with_settings():
        view = await filled(slack, anna, two, video.id, 2)
        await slack.submit(anna, view.id, {})
        told = await private(slack, anna, two)
    assert "Slack lets no app write among the two of you" in told
    assert "/invite" not in told
    assert iacrea.posts == 0


@pytest.mark.parametrize("let_in", ["", "T0000000099"])
async def test_a_channel_shared_with_another_organisation_is_offered_where_its_people_are_let_in(
    let_in: str,
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    shared = slack.workspace.add_channel("with-them", shared_with=["T0000000099"])
    async with with_settings(ALLOWED_TEAMS=let_in):
        view = await filled(slack, anna, listings, video.id, 2)
        if let_in:
            slack.fill(view, "form_channel", shared.id)
        else:
            with pytest.raises(ValueError, match="does not offer"):
                slack.fill(view, "form_channel", shared.id)
