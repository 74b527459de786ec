"""Files: announced, uploaded and shared with Slack's SDK, and with plain HTTP."""

import hashlib
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from tests.sandbox.slack.conftest import error_of

FILM = bytes(range(256)) * 1000


async def announced(client: AsyncWebClient, length: int = len(FILM)) -> tuple[str, str]:
    """The id of a new file and the address for its bytes."""
    answer = await client.files_getUploadURLExternal(filename="film.mp4", length=length)
    return answer["file_id"], answer["upload_url"]


async def sent(url: str, body: Any = FILM) -> tuple[int, str]:
    """What came of a POST of these bytes."""
    async with aiohttp.ClientSession() as session, session.post(url, data=body) as response:
        return response.status, await response.text()


async def uploaded(client: AsyncWebClient) -> str:
    file_id, url = await announced(client)
    assert (await sent(url))[0] == 200
    return file_id


async def test_the_sdk_uploads_a_film_into_a_thread(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    parent = slack.workspace.say(ann, films, "where is it?")

    await client.files_upload_v2(
        channel=films.id,
        thread_ts=parent.ts,
        content=FILM,
        filename="film.mp4",
        title="Lilac",
        initial_comment="there",
    )

    message = slack.workspace.thread(films, parent.ts)[1]
    (file,) = message.files
    assert (message.text, message.thread_ts) == ("there", parent.ts)
    assert (file.name, file.title, file.mimetype) == ("film.mp4", "Lilac", "video/mp4")
    assert (file.size, file.sha256) == (len(FILM), hashlib.sha256(FILM).hexdigest())
    assert file.head == FILM[:64]
    seen = await client.conversations_replies(channel=films.id, ts=parent.ts)
    shown = seen["messages"][1]["files"][0]
    assert (shown["id"], shown["size"], shown["filetype"]) == (file.id, len(FILM), "mp4")


async def test_bytes_may_come_in_a_form(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    file_id, url = await announced(client)
    form = aiohttp.FormData()
    form.add_field("filename", FILM, filename="film.mp4")

    assert await sent(url, form) == (200, f"OK - {len(FILM)}")
    await client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=films.id)

    (message,) = slack.workspace.messages(films)
    assert message.files[0].sha256 == hashlib.sha256(FILM).hexdigest()
    assert message.files[0].title == "film.mp4"


async def test_an_upload_is_completed_once(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    slack.faults.bare_file_answers = True
    file_id = await uploaded(client)
    share = {"files": [{"id": file_id, "title": "Lilac"}], "channel_id": films.id}

    answer = await client.files_completeUploadExternal(**share)

    assert answer["files"] == [{"id": file_id, "title": "Lilac"}]
    assert await error_of(client.files_completeUploadExternal(**share)) == "file_not_found"
    assert len(slack.workspace.messages(films)) == 1


async def test_what_is_told_of_a_completed_file_may_be_where_it_stands(
    client: AsyncWebClient, films: Channel
) -> None:
    share = {"files": [{"id": await uploaded(client)}], "channel_id": films.id}

    [file] = (await client.files_completeUploadExternal(**share))["files"]

    assert file["permalink"].startswith("https://simulated.slack.com/files/")
    assert file["permalink"].endswith(f"/{file['id']}/{file['name']}")


async def test_what_is_not_all_there_cannot_be_completed(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    never, _ = await announced(client)
    short, url = await announced(client)
    assert (await sent(url, FILM[1:]))[0] == 400
    assert (await sent(f"{url}x"))[0] == 404

    for file_id in (never, short, "F404"):
        completing = client.files_completeUploadExternal(
            files=[{"id": file_id}], channel_id=films.id
        )
        assert await error_of(completing) == "file_not_found"
    assert slack.workspace.messages(films) == []


async def test_a_file_that_cannot_be_shared_waits_for_another_try(
    slack: SlackSimulator, client: AsyncWebClient, ann: User, films: Channel
) -> None:
    file_id = await uploaded(client)
    closed = slack.workspace.add_channel("closed")
    hidden = slack.workspace.add_channel("hidden", private=True)
    slack.scopes.add("chat:write.public")
    files = [{"id": file_id}]

    def completing(channel: Channel, **more: Any) -> Any:
        return client.files_completeUploadExternal(files=files, channel_id=channel.id, **more)

    assert await error_of(completing(closed)) == "not_in_channel"
    assert await error_of(completing(hidden)) == "channel_not_found"
    assert await error_of(completing(films, thread_ts="1.000001")) == "thread_not_found"
    archived = slack.workspace.archive(slack.workspace.add_channel("old", bot_member=True))
    assert await error_of(completing(archived)) == "is_archived"
    await completing(films)
    assert len(slack.workspace.messages(films)) == 1


async def test_files_need_their_scope_and_can_be_switched_off(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    slack.faults.file_uploads_disabled = True
    assert await error_of(announced(client)) == "file_uploads_disabled"

    slack.faults.file_uploads_disabled = False
    assert await error_of(announced(client, 0)) == "invalid_arguments"
    slack.scopes.remove("files:write")
    assert await error_of(announced(client)) == "missing_scope"
    completing = client.files_completeUploadExternal(files=[{"id": "F1"}])
    assert await error_of(completing) == "missing_scope"


@pytest.mark.parametrize("files", ["[]", "[1]", "{}", "no JSON"])
async def test_files_are_named_in_an_array_of_objects(client: AsyncWebClient, files: str) -> None:
    completing = client.api_call("files.completeUploadExternal", params={"files": files})

    assert await error_of(completing) == "invalid_arguments"


async def test_no_json_body_is_looked_into_for_a_name_and_a_length(client: AsyncWebClient) -> None:
    asking = client.api_call(
        "files.getUploadURLExternal", json={"filename": "film.mp4", "length": 1}
    )

    assert await error_of(asking) == "invalid_arguments"


async def test_a_lost_answer_has_shared_the_file_all_the_same(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    file_id = await uploaded(client)
    share = {"files": [{"id": file_id}], "channel_id": films.id}
    slack.faults.lost_answers["files.completeUploadExternal"] = 1

    with pytest.raises(aiohttp.ClientError):
        await client.files_completeUploadExternal(**share)

    assert await error_of(client.files_completeUploadExternal(**share)) == "file_not_found"
    assert len(slack.workspace.messages(films)) == 1


async def test_uploads_can_fail_and_are_in_the_log_of_calls(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    slack.faults.http_errors["upload_url"] = [503]
    file_id, url = await announced(client)

    assert (await sent(url))[0] == 503
    assert (await sent(url))[0] == 200

    uploads = [call for call in slack.calls if call.method == "upload_url"]
    assert [call.status for call in uploads] == [503, 200]
    assert uploads[1].arguments == {"file": file_id, "length": len(FILM)}


async def test_a_file_for_nobody_is_posted_nowhere(
    slack: SlackSimulator, client: AsyncWebClient, films: Channel
) -> None:
    await client.files_completeUploadExternal(files=[{"id": await uploaded(client)}])

    assert slack.workspace.messages(films) == []
