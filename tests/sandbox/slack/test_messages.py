"""Messages, written and read with Slack's SDK."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, ChannelKind, SlackSimulator, User

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*rendering*"}}
METADATA = {"event_type": "outcome", "event_payload": {"request": "r1"}}


async def refused(call: Any) -> dict[str, Any]:
    """The answer to a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return dict(caught.value.response.data)


async def test_a_posted_message_is_shown_with_ids_for_its_blocks(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    answer = await client.chat_postMessage(channel=films.id, text="rendering", blocks=[SECTION])

    (message,) = slack.workspace.messages(films)
    assert (message.text, message.ts) == ("rendering", answer["ts"])
    assert message.blocks[0]["block_id"]
    (block,) = answer["message"]["blocks"]
    assert block == {**message.blocks[0], "text": {**SECTION["text"], "verbatim": False}}
    assert answer["message"]["user"] == slack.workspace.bot.id


async def test_two_messages_never_share_a_timestamp(
    still_slack: SlackSimulator,
) -> None:
    channel = still_slack.workspace.add_channel("films", bot_member=True)
    client = AsyncWebClient(token=still_slack.bot_token, base_url=still_slack.api_url)

    first = await client.chat_postMessage(channel=channel.id, text="one")
    second = await client.chat_postMessage(channel=channel.id, text="two")

    assert float(first["ts"]) < float(second["ts"])


async def test_a_reply_hangs_in_its_thread_and_not_in_the_channel(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    parent = await client.chat_postMessage(channel=films.id, text="rendering")
    await client.chat_postMessage(channel=films.id, text="done", thread_ts=parent["ts"])
    await client.chat_postMessage(
        channel=films.id, text="for all", thread_ts=parent["ts"], reply_broadcast=True
    )

    thread = slack.workspace.thread(films, parent["ts"])
    assert [m.text for m in thread] == ["rendering", "done", "for all"]
    assert [m.text for m in slack.workspace.messages(films)] == ["rendering", "for all"]


async def test_a_reply_needs_a_parent_that_is_none_itself(
    client: AsyncWebClient, films: Channel
) -> None:
    parent = await client.chat_postMessage(channel=films.id, text="rendering")
    reply = await client.chat_postMessage(channel=films.id, text="done", thread_ts=parent["ts"])

    nested = client.chat_postMessage(channel=films.id, text="x", thread_ts=reply["ts"])

    assert (await refused(nested))["error"] == "cannot_reply_to_message"


async def test_a_reply_whose_parent_was_deleted_stands_in_the_channel_and_says_no_thread(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    parent = await client.chat_postMessage(channel=films.id, text="rendering")
    await client.chat_delete(channel=films.id, ts=parent["ts"])

    stray = await client.chat_postMessage(channel=films.id, text="done", thread_ts=parent["ts"])

    assert "thread_ts" not in stray["message"]
    assert [m.text for m in slack.workspace.messages(films)] == ["done"]


async def test_an_ephemeral_in_a_thread_shows_only_where_there_are_replies(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    parent = await client.chat_postMessage(channel=films.id, text="rendering")

    async def tell(text: str) -> None:
        await client.chat_postEphemeral(
            channel=films.id, user=ann.id, text=text, thread_ts=parent["ts"]
        )

    await tell("unseen")
    assert slack.workspace.ephemerals(ann, films) == []
    await client.chat_postMessage(channel=films.id, text="done", thread_ts=parent["ts"])
    await tell("seen")
    assert "seen" in [m.text for m in slack.workspace.ephemerals(ann, films)]


async def test_a_workspace_that_moves_into_an_organisation_refuses_every_call(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.unavailable = "team_added_to_org"

    for call in (client.auth_test(), client.chat_postMessage(channel=films.id, text="x")):
        assert (await refused(call))["error"] == "team_added_to_org"


async def test_an_edit_without_blocks_removes_them_and_keeps_the_metadata(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    posted = await client.chat_postMessage(
        channel=films.id, text="0 %", blocks=[SECTION], metadata=METADATA
    )

    answer = await client.chat_update(channel=films.id, ts=posted["ts"], text="done")

    message = slack.workspace.message(films.id, posted["ts"])
    assert (message.text, message.blocks, message.metadata) == ("done", (), METADATA)
    assert "edited" in answer["message"]


async def test_every_version_of_a_message_is_kept_with_its_time(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    posted = await client.chat_postMessage(channel=films.id, text="0 %", blocks=[SECTION])
    for percent in (40, 80):
        await client.chat_update(
            channel=films.id, ts=posted["ts"], text=f"{percent} %", blocks=[SECTION]
        )

    versions = slack.workspace.message(films.id, posted["ts"]).versions
    assert [version.text for version in versions] == ["0 %", "40 %", "80 %"]
    assert versions[0].at <= versions[1].at <= versions[2].at
    assert versions[0].blocks[0]["block_id"] != versions[1].blocks[0]["block_id"]


async def test_only_the_apps_own_messages_can_be_edited_or_deleted(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    foreign = slack.workspace.say(ann, films, "mine")
    own = await client.chat_postMessage(channel=films.id, text="rendering")

    edit = await refused(client.chat_update(channel=films.id, ts=foreign.ts, text="x"))
    delete = await refused(client.chat_delete(channel=films.id, ts=foreign.ts))
    await client.chat_delete(channel=films.id, ts=own["ts"])
    gone = await refused(client.chat_update(channel=films.id, ts=own["ts"], text="x"))

    assert edit["error"] == "cant_update_message"
    assert delete["error"] == "cant_delete_message"
    assert gone["error"] == "message_not_found"
    assert slack.workspace.messages(films) == [foreign]


async def test_text_is_cut_on_post_and_refused_on_update(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    posted = await client.chat_postMessage(channel=films.id, text="x" * 50_000)

    update = client.chat_update(channel=films.id, ts=posted["ts"], text="x" * 4_001)

    assert len(slack.workspace.message(films.id, posted["ts"]).text) == 40_000
    assert (await refused(update))["error"] == "msg_too_long"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "unheard-of"}]}, "invalid_blocks"),
        ({"text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
    ],
)
@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
async def test_what_slack_would_refuse_is_refused_by_its_name(
    client: AsyncWebClient, films: Channel, arguments: dict[str, Any], error: str
) -> None:
    answer = await refused(client.chat_postMessage(channel=films.id, **arguments))

    assert answer["error"] == error


async def test_an_ephemeral_is_seen_by_one_member_and_cannot_be_edited(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    bob = slack.workspace.add_user("bob")
    stranger = slack.workspace.add_user("stranger")
    slack.workspace.leave(films, stranger)

    answer = await client.chat_postEphemeral(channel=films.id, user=ann.id, text="psst")
    edit = client.chat_update(channel=films.id, ts=answer["message_ts"], text="x")
    outside = client.chat_postEphemeral(channel=films.id, user=stranger.id, text="psst")

    assert [m.text for m in slack.workspace.ephemerals(ann, films)] == ["psst"]
    assert slack.workspace.ephemerals(bob, films) == []
    assert slack.workspace.messages(films) == []
    assert (await refused(edit))["error"] == "message_not_found"
    assert (await refused(outside))["error"] == "user_not_in_channel"


async def test_posting_to_a_person_opens_the_apps_direct_messages(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    answer = await client.chat_postMessage(channel=ann.id, text="hello")
    opened = await client.conversations_open(users=[ann.id])

    channel = slack.workspace.channel(answer["channel"])
    assert channel.kind is ChannelKind.IM
    assert opened["channel"]["id"] == channel.id
    assert [m.text for m in slack.workspace.messages(channel)] == ["hello"]


async def test_a_permalink_leads_to_the_message_and_into_its_thread(
    client: AsyncWebClient, films: Channel
) -> None:
    parent = await client.chat_postMessage(channel=films.id, text="a")
    reply = await client.chat_postMessage(channel=films.id, text="b", thread_ts=parent["ts"])

    plain = await client.chat_getPermalink(channel=films.id, message_ts=parent["ts"])
    threaded = await client.chat_getPermalink(channel=films.id, message_ts=reply["ts"])

    assert plain["permalink"].endswith(f"/archives/{films.id}/p{parent['ts'].replace('.', '')}")
    assert threaded["permalink"].endswith(f"?thread_ts={parent['ts']}&cid={films.id}")


async def test_history_goes_back_from_the_newest_page_by_page(
    client: AsyncWebClient, films: Channel
) -> None:
    posted = [await client.chat_postMessage(channel=films.id, text=str(n)) for n in range(5)]

    first = await client.conversations_history(channel=films.id, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=films.id, limit=3, cursor=cursor)
    since = await client.conversations_history(channel=films.id, oldest=posted[2]["ts"])
    including = await client.conversations_history(
        channel=films.id, oldest=posted[2]["ts"], inclusive=True
    )

    unknown = await refused(client.conversations_history(channel=films.id, cursor="2"))

    assert unknown["error"] == "invalid_cursor"
    assert [m["text"] for m in first["messages"]] == ["4", "3"]
    assert [m["text"] for m in second["messages"]] == ["2", "1", "0"]
    assert second["has_more"] is False
    assert [m["text"] for m in since["messages"]] == ["4", "3"]
    assert [m["text"] for m in including["messages"]] == ["4", "3", "2"]


async def test_replies_give_the_parent_first_and_metadata_only_when_asked(
    client: AsyncWebClient, films: Channel
) -> None:
    parent = await client.chat_postMessage(channel=films.id, text="rendering")
    await client.chat_postMessage(
        channel=films.id, text="done", thread_ts=parent["ts"], metadata=METADATA
    )

    plain = await client.conversations_replies(channel=films.id, ts=parent["ts"])
    full = await client.conversations_replies(
        channel=films.id, ts=parent["ts"], include_all_metadata=True
    )
    nowhere = client.conversations_replies(channel=films.id, ts="1.000001")

    assert [m["text"] for m in full["messages"]] == ["rendering", "done"]
    assert full["messages"][0]["reply_count"] == 1
    assert full["messages"][1]["metadata"] == METADATA
    assert "metadata" not in plain["messages"][1]
    assert (await refused(nowhere))["error"] == "thread_not_found"


async def test_people_and_channels_can_be_looked_up(
    client: AsyncWebClient, ann: User, films: Channel
) -> None:
    user = await client.users_info(user=ann.id)
    channel = await client.conversations_info(channel=films.id)
    nobody = await refused(client.users_info(user="U404"))

    assert user["user"]["name"] == "ann"
    assert (channel["channel"]["name"], channel["channel"]["is_member"]) == ("films", True)
    assert nobody["error"] == "user_not_found"
