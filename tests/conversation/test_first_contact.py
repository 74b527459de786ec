"""The bot says hello once: in its Messages tab, and in a channel that it is invited to."""

import asyncio

import pytest

from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conversation.conftest import Scene, Start, private


def said(slack: SlackSimulator, channel: Channel) -> list[Message]:
    """What the bot has said there to everybody."""
    bot = slack.workspace.bot.id
    return [each for each in slack.workspace.messages(channel) if each.user == bot]


async def greeted(slack: SlackSimulator, channel: Channel) -> Message:
    await slack.until(lambda _: said(slack, channel))
    [hello] = said(slack, channel)
    return hello


@pytest.mark.usefixtures("bot")
async def test_who_opens_the_messages_tab_is_told_once_what_to_type_and_can_begin(
    slack: SlackSimulator, anna: User
) -> None:
    direct = slack.workspace.direct_message(anna)

    opened = await slack.open_home(anna, "messages")
    hello = await greeted(slack, direct)
    await slack.redeliver(opened)
    await slack.open_home(anna, "messages")
    await slack.command(anna, direct, "/regen help")
    await private(slack, anna, direct)

    assert said(slack, direct) == [hello]
    assert len(hello.blocks[0]["text"]["text"].splitlines()) == 3
    assert "`/regen &lt;video&gt; 2`" in hello.text
    await slack.click(anna, hello, "open_form_with")
    await slack.until(lambda w: w.modals(anna))


@pytest.mark.usefixtures("bot")
async def test_a_french_reader_is_greeted_in_french(slack: SlackSimulator) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")

    await slack.open_home(chloe, "messages")

    assert "Bonjour !" in (await greeted(slack, slack.workspace.direct_message(chloe))).text


@pytest.mark.usefixtures("bot")
async def test_a_channel_is_greeted_when_the_bot_comes_and_never_again(
    slack: SlackSimulator, scene: Scene, anna: User, ben: User
) -> None:
    bot, channel = slack.workspace.bot, slack.workspace.add_channel("villas")

    joined = await slack.invite(channel, bot, anna)
    hello = await greeted(slack, channel)
    slack.workspace.leave(joined, bot)
    await slack.invite(channel, bot, ben)
    await slack.invite(channel, slack.workspace.add_user("dora", guest="single"), ben)
    await scene.types(anna, "help", channel)
    await private(slack, anna, channel)

    assert said(slack, channel) == [hello]
    assert anna.id not in hello.text
    assert "It costs credits: I ask before" in hello.text
    await slack.click(ben, hello, "open_form_with")
    await slack.until(lambda w: w.modals(ben))


async def test_where_the_bot_may_not_be_used_it_says_nothing(
    with_settings: Start, slack: SlackSimulator, anna: User, ben: User, listings: Channel
) -> None:
    other = slack.workspace.add_channel("lunch")
    slack.workspace.leave(listings, slack.workspace.bot)
    async with with_settings(ALLOWED_CHANNELS=listings.id, ALLOWED_USERS=anna.id):
        await slack.invite(other, slack.workspace.bot, anna)
        for each in (anna, ben):
            await slack.open_home(each, "messages")
        await slack.invite(listings, slack.workspace.bot, anna)
        await greeted(slack, listings)
        await asyncio.sleep(0.5)

    assert said(slack, other) == []
    assert [said(slack, slack.workspace.direct_message(each)) for each in (anna, ben)] == [[], []]


async def test_it_is_said_once_by_two_replicas_and_after_a_restart(
    with_settings: Start, slack: SlackSimulator, scene: Scene, anna: User
) -> None:
    direct = slack.workspace.direct_message(anna)
    async with with_settings():
        await slack.open_home(anna, "messages")
        hello = await greeted(slack, direct)
    async with with_settings():
        await slack.open_home(anna, "messages")
        await scene.types(anna, "help", direct)
        await private(slack, anna, direct)

    assert said(slack, direct) == [hello]


async def test_a_hello_that_slack_refuses_is_not_tried_again(
    with_settings: Start, slack: SlackSimulator, scene: Scene, anna: User
) -> None:
    direct = slack.workspace.direct_message(anna)
    slack.faults.errors["chat.postMessage"] = ["fatal_error"]
    async with with_settings():
        for _ in range(2):
            await slack.open_home(anna, "messages")
        await scene.types(anna, "help", direct)
        await private(slack, anna, direct)

    assert said(slack, direct) == []
