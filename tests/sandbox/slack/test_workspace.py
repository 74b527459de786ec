"""The workspace as a state that can be watched, and the simulator as a server."""

import asyncio
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import (
    Change,
    ChangeKind,
    Channel,
    Message,
    SlackSimulator,
    User,
    read_manifest,
)


async def test_changes_are_told_as_they_happen_until_unsubscribed(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    seen: list[Change] = []
    unsubscribe = slack.workspace.subscribe(seen.append)

    posted = await client.chat_postMessage(channel=films.id, text="a")
    await client.chat_update(channel=films.id, ts=posted["ts"], text="b")
    await client.chat_postEphemeral(channel=films.id, user=ann.id, text="c")
    await client.chat_delete(channel=films.id, ts=posted["ts"])
    unsubscribe()
    await client.chat_postMessage(channel=films.id, text="d")

    assert [change.kind for change in seen] == [
        ChangeKind.MESSAGE_POSTED,
        ChangeKind.MESSAGE_EDITED,
        ChangeKind.EPHEMERAL_POSTED,
        ChangeKind.MESSAGE_DELETED,
    ]
    assert [change.subject.text for change in seen if isinstance(change.subject, Message)] == [
        "a",
        "b",
        "c",
        "b",
    ]


async def test_until_waits_for_what_is_to_come(slack: SlackSimulator, films: Channel) -> None:
    waiting = asyncio.create_task(slack.until(lambda workspace: workspace.messages(films)))
    await asyncio.sleep(0)
    assert not waiting.done()

    slack.workspace.say(slack.workspace.bot, films, "done")

    await waiting


async def test_until_gives_up_and_tells_what_was_there(
    slack: SlackSimulator, ann: User, films: Channel
) -> None:
    slack.workspace.say(ann, films, "something else")

    with pytest.raises(TimeoutError, match="#films ann: 'something else'"):
        await slack.until(lambda _: False, timeout=0.01)


async def test_whoever_comes_later_is_in_the_channels_open_to_all(slack: SlackSimulator) -> None:
    open_to_all = slack.workspace.add_channel("all", bot_member=True)
    closed = slack.workspace.add_channel("few", members=[], bot_member=True)

    bob = slack.workspace.add_user("bob")

    assert bob.id in slack.workspace.channel(open_to_all.id).members
    assert bob.id not in slack.workspace.channel(closed.id).members


async def test_a_stopped_workspace_comes_back_on_its_port_with_all_it_knew(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    await client.chat_postMessage(channel=films.id, text="before")
    port = int(slack.api_url.split(":")[2].partition("/")[0])

    await slack.stop()
    with pytest.raises(OSError, match="Cannot connect"):
        await client.chat_postMessage(channel=films.id, text="during")
    await slack.start(port=port)
    await client.chat_postMessage(channel=films.id, text="after")

    assert [m.text for m in slack.workspace.messages(films)] == ["before", "after"]


async def test_two_workspaces_share_no_token() -> None:
    manifest = {"display_information": {"name": "Regen"}}
    one, two = SlackSimulator(manifest), SlackSimulator(manifest)

    assert one.bot_token.startswith("xoxb-")
    assert one.app_token.startswith("xapp-")
    tokens = {one.bot_token, two.bot_token, one.app_token, two.app_token}
    assert len(tokens | {one.signing_secret, two.signing_secret}) == 6


def test_a_manifest_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text("display_information: {name: Regen}\nsettings: {socket_mode_enabled: true}\n")

    manifest = read_manifest(path)

    assert manifest["settings"] == {"socket_mode_enabled": True}
    path.write_text("just words\n")
    with pytest.raises(TypeError, match="holds no manifest"):
        read_manifest(path)
