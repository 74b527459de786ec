"""People of other organisations, as Slack Connect brings them into a channel."""

import copy
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, Guest, Message, SlackSimulator, User, View
from sandbox.slack.identity import TEAM_ID
from sandbox.slack.interactions import click, submission
from sandbox.slack.message_events import about
from sandbox.slack.records import Change, ChangeKind, Content
from sandbox.slack.workspace import Place
from tests.sandbox.slack.conftest import MANIFEST

ELSEWHERE = "T0000000099"
BUTTON: dict[str, Any] = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    ],
}


@pytest.fixture
def shared(slack: SlackSimulator, ann: User) -> Channel:
    return slack.workspace.add_channel("with-them", shared_with=[ELSEWHERE], bot_member=True)


@pytest.fixture
def olga(slack: SlackSimulator, shared: Channel) -> User:
    """Of another organisation."""
    return slack.workspace.add_user("olga", team=ELSEWHERE, enterprise="E0000000099")


def posted(slack: SlackSimulator, channel: Channel) -> Message:
    return slack.workspace.post(channel, Content("x", (BUTTON,)), Place(slack.workspace.bot.id))


def form(slack: SlackSimulator, user: User) -> View:
    menu = {
        "type": "conversations_select",
        "action_id": "where",
        "response_url_enabled": True,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    label = {"type": "plain_text", "text": "Where"}
    field = {"type": "input", "block_id": "where", "label": label, "element": menu}
    submit = {"type": "plain_text", "text": "Go"}
    body = {"type": "modal", "title": submit, "submit": submit, "blocks": [field]}
    return slack.workspace.views.open(user.id, body)


def test_they_are_in_shared_channels_alone(
    slack: SlackSimulator, films: Channel, shared: Channel, olga: User, ann: User
) -> None:
    assert olga.id in slack.workspace.channel(shared.id).members
    assert olga.id not in slack.workspace.channel(films.id).members
    assert {olga.id, ann.id} <= slack.workspace.channel(shared.id).members


def test_under_a_message_the_team_is_the_apps_and_the_persons_own_stands_beside_their_id(
    slack: SlackSimulator, shared: Channel, olga: User
) -> None:
    payload = click(slack._installation, olga, posted(slack, shared), "go", None).body
    assert payload["team"]["id"] == TEAM_ID
    assert payload["enterprise"] is None
    assert payload["user"]["team_id"] == ELSEWHERE


def test_in_a_view_team_and_enterprise_are_those_of_its_person(
    slack: SlackSimulator, films: Channel, olga: User
) -> None:
    values = {"where": {"where": {"selected_conversation": films.id}}}
    payload = submission(slack._installation, olga, form(slack, olga), values).body
    assert payload["team"]["id"] == payload["view"]["team_id"] == ELSEWHERE
    assert payload["enterprise"]["id"] == "E0000000099"
    assert payload["view"]["app_installed_team_id"] == TEAM_ID


async def test_commands_and_shortcuts_are_not_offered_to_them(
    slack: SlackSimulator, shared: Channel, olga: User
) -> None:
    with pytest.raises(ValueError, match="another organisation"):
        await slack.command(olga, shared, "/regen")
    with pytest.raises(ValueError, match="another organisation"):
        await slack.shortcut(olga, "form")


async def test_users_info_tells_whose_they_are_and_whether_they_are_guests(
    slack: SlackSimulator, client: AsyncWebClient, shared: Channel, olga: User, ann: User
) -> None:
    gus = slack.workspace.add_user("gus", guest=Guest.SINGLE_CHANNEL)
    nora = slack.workspace.add_user("nora", team="T0000000098")

    async def told(user: User) -> dict[str, Any]:
        answer = await client.users_info(user=user.id, include_locale=True)
        return dict(answer["user"])

    hers = await told(olga)
    assert hers["team_id"] == ELSEWHERE
    assert hers["enterprise_user"]["enterprise_id"] == "E0000000099"
    assert hers["is_stranger"] is False  # she shares a channel with the app
    assert "locale" not in hers
    assert (await told(nora))["is_stranger"] is True
    his = await told(gus)
    assert (his["team_id"], his["is_restricted"], his["is_ultra_restricted"]) == (
        TEAM_ID,
        True,
        True,
    )
    mia = await told(slack.workspace.add_user("mia", guest=Guest.MULTI_CHANNEL))
    assert (mia["is_restricted"], mia["is_ultra_restricted"]) == (True, False)
    assert (await told(ann))["is_restricted"] is False
    assert gus.id not in slack.workspace.channel(shared.id).members


async def test_an_ephemeral_reaches_them_and_a_channel_says_that_it_is_shared(
    slack: SlackSimulator, client: AsyncWebClient, shared: Channel, films: Channel, olga: User
) -> None:
    await client.chat_postEphemeral(channel=shared.id, user=olga.id, text="x")
    assert [m.text for m in slack.workspace.ephemerals(olga, shared)] == ["x"]
    info = await client.conversations_info(channel=shared.id)
    assert info["channel"]["is_ext_shared"] is True
    assert info["channel"]["connected_team_ids"] == [ELSEWHERE]
    assert (await client.conversations_info(channel=films.id))["channel"]["is_ext_shared"] is False


async def test_a_private_channel_that_is_shared_has_another_id_and_keeps_what_was_said(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    private = slack.workspace.add_channel("deal", private=True, bot_member=True)
    before = posted(slack, private)
    now = await slack.share(private, ELSEWHERE)
    assert now.id != private.id
    assert slack.workspace.message(now.id, before.ts).text == "x"
    with pytest.raises(SlackApiError, match="channel_not_found"):
        await client.chat_postMessage(channel=private.id, text="y")
    await client.chat_postMessage(channel=now.id, text="y")
    assert (await slack.share(now, "T0000000098")).id == now.id
    public = slack.workspace.add_channel("open", bot_member=True)
    assert (await slack.share(public, ELSEWHERE)).id == public.id
    assert slack.deliveries == []  # this app does not subscribe to it


async def test_on_enterprise_grid_the_organisation_is_told() -> None:
    manifest = copy.deepcopy(MANIFEST)
    async with SlackSimulator(manifest, enterprise="E0000000001") as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        assert (await client.auth_test())["enterprise_id"] == "E0000000001"
        sister = slack.workspace.add_user("sue", team="T0000000002", enterprise="E0000000001")
        channel = slack.workspace.add_channel("all", members=[sister], bot_member=True)
        payload = click(slack._installation, sister, posted(slack, channel), "go", None).body
        assert payload["enterprise"]["id"] == "E0000000001"
        assert payload["user"]["team_id"] == "T0000000002"


async def test_a_menu_of_conversations_offers_what_its_filter_lets_through(
    slack: SlackSimulator, films: Channel, shared: Channel, ann: User
) -> None:
    view = form(slack, ann)
    hidden = [shared, slack.workspace.direct_message(ann)]
    for channel in hidden:
        with pytest.raises(ValueError, match="does not offer"):
            slack.fill(view, "where", channel.id)
        with pytest.raises(ValueError, match="does not offer"):
            await slack.submit(
                ann, view.id, {"where": {"where": {"selected_conversation": channel.id}}}
            )
    slack.fill(view, "where", films.id)


@pytest.mark.parametrize("rules", [{}, {"include": []}, {"include": ["dm"]}, {"exclude": True}])
async def test_a_filter_that_says_nothing_or_something_unknown_is_refused(
    rules: dict[str, Any], slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    body = copy.deepcopy(form(slack, ann).body)
    body["blocks"][0]["element"]["filter"] = rules
    trigger = slack._installation.triggers.issue(ann.id)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=trigger, view=body)


async def test_a_mention_says_whose_its_author_is_in_a_shared_channel() -> None:
    manifest = copy.deepcopy(MANIFEST)
    manifest["settings"]["event_subscriptions"]["bot_events"] = ["app_mention"]
    manifest["oauth_config"]["scopes"]["bot"] += ["app_mentions:read"]
    async with SlackSimulator(manifest) as other:
        there = other.workspace.add_channel("x", shared_with=[ELSEWHERE], bot_member=True)
        stranger = other.workspace.add_user("olga", team=ELSEWHERE)
        message = other.workspace.say(stranger, there, f"<@{other.workspace.bot.id}> 2")
        [told] = about(other._installation, Change(ChangeKind.MESSAGE_POSTED, message))
    event = told.body["event"]
    assert (event["user_team"], event["source_team"]) == (ELSEWHERE, ELSEWHERE)
    assert told.body["team_id"] == TEAM_ID
