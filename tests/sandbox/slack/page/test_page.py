"""What the page shows and does, on the wire between browser and server."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator, User
from tests.sandbox.slack.page.conftest import Browser

BUTTON = {
    "type": "button",
    "action_id": "go",
    "value": "v",
    "text": {"type": "plain_text", "text": ":tada: Go"},
}
BLOCKS = [{"type": "actions", "block_id": "b", "elements": [BUTTON]}]


def live(browser: Browser, **query: str) -> Any:
    return browser.http.ws_connect(f"{browser.address}/page/live", params=query)


async def test_a_browser_sees_all_its_person_may_see_and_then_what_changes(
    slack: SlackSimulator, browser: Browser, ann: User, films: Channel
) -> None:
    workspace = slack.workspace
    ben = workspace.add_user("ben")
    secret = workspace.add_channel("secret", private=True, members=[ben], bot_member=True)
    hello = workspace.say(ann, films, "hello *there*")

    async with live(browser, **{"as": ann.id}) as socket:
        me = await browser.until(socket, "me")
        shown = browser.entities[f"message:{films.id}:{hello.ts}"]
        reply = workspace.say(ben, films, "yes", thread_ts=hello.ts)
        await browser.until(socket, f"message:{films.id}:{reply.ts}")
        root = browser.entities[f"message:{films.id}:{hello.ts}"]
        workspace.delete(workspace.message(films.id, reply.ts))
        browser.take(await socket.receive_json(timeout=5))

    assert me["id"] == ann.id
    assert shown["text"][1] == {"is": "bold", "of": [{"is": "text", "text": "there"}]}
    assert shown["replies"] is None
    assert root["replies"] == {"count": 1, "users": [ben.id], "latest": reply.ts}
    assert f"message:{films.id}:{reply.ts}" not in browser.entities
    assert f"channel:{secret.id}" not in browser.entities
    assert browser.entities["app"]["local_paths"] == {"https://cdn.example/": "/studio/"}
    assert browser.entities["app"]["side_panel"] == "/beside.js"


async def test_without_a_name_it_is_the_first_person_and_nobody_can_be_a_bot(
    slack: SlackSimulator, browser: Browser, ann: User
) -> None:
    async with live(browser) as socket:
        assert (await browser.until(socket, "me"))["id"] == ann.id
    for stranger in (slack.workspace.bot.id, "U404"):
        async with browser.http.get(
            f"{browser.address}/page/live", params={"as": stranger}
        ) as answer:
            assert answer.status == 422


async def test_a_command_and_a_button_reach_the_app(
    slack: SlackSimulator,
    browser: Browser,
    films: Channel,
    connected: AsyncApp,
    client: AsyncWebClient,
) -> None:
    got: list[str] = []

    async def regen(ack: Any, command: dict[str, Any]) -> None:
        got.append(command["text"])
        await ack()

    async def go(ack: Any, action: dict[str, Any]) -> None:
        got.append(action["value"])
        await ack()

    connected.command("/regen")(regen)
    connected.action("go")(go)
    posted = await client.chat_postMessage(channel=films.id, text="x", blocks=BLOCKS)

    typed = await browser.do("command", channel=films.id, text="/regen abc 2")
    pressed = await browser.do(
        "click", where={"message": [films.id, posted["ts"]]}, block_id="b", action_id="go"
    )

    assert got == ["abc 2", "v"]
    assert [typed[1]["ok"], pressed[1]["ok"]] == [True, True]


async def test_an_app_that_does_not_answer_is_told_and_is_no_fault_of_the_page(
    browser: Browser, films: Channel
) -> None:
    status, answer = await browser.do("command", channel=films.id, text="/regen abc 2")
    assert (status, answer["ok"], answer["error"]) == (200, False, "dispatch_failed")


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("dance", {}, "nobody can 'dance' here"),
        (
            "command",
            {"text": "/regen 1", "thread_ts": "1.0"},
            "/regen is not supported in threads. Sorry!",
        ),
        ("command", {"text": "/nothing"}, "/nothing is not among the commands"),
        ("command", {"text": "/invite @nobody"}, "nobody called nobody"),
        ("say", {"text": "  "}, "There is nothing to send"),
        ("say", {}, "text is missing"),
        ("say", {"text": "x", "thread_ts": "1.0"}, "thread is not there any more"),
        ("submit", {"view": "V404"}, "not open any more"),
        ("shortcut", {"callback_id": "none"}, "no global shortcut none"),
    ],
)
async def test_what_nobody_could_do_is_refused_in_words(
    what: str, fields: dict[str, Any], said: str, browser: Browser, films: Channel
) -> None:
    status, answer = await browser.do(what, **{"channel": films.id, **fields})
    assert status == 422
    assert said in answer["error"]


async def test_nobody_acts_where_they_are_not_or_on_what_others_see(
    slack: SlackSimulator, browser: Browser, films: Channel, client: AsyncWebClient
) -> None:
    ben = slack.workspace.add_user("ben")
    secret = slack.workspace.add_channel("secret", private=True, members=[ben], bot_member=True)
    await client.chat_postEphemeral(channel=films.id, user=ben.id, text="x", blocks=BLOCKS)
    [private] = slack.workspace.ephemerals(ben, films)
    there = {"message": [films.id, private.ts]}

    said = await browser.do("say", channel=secret.id, text="x")
    pressed = await browser.do("click", where=there, block_id="b", action_id="go")

    assert (said[0], pressed[0]) == (422, 422)
    assert slack.workspace.conversation(secret) == []


async def test_the_bot_can_be_invited_by_name(slack: SlackSimulator, browser: Browser) -> None:
    people = [user for user in slack.workspace.users() if not user.is_bot]
    closed = slack.workspace.add_channel("closed", private=True, members=people)

    await browser.do("command", channel=closed.id, text="/invite @regen")

    assert slack.workspace.bot.id in slack.workspace.channel(closed.id).members


async def test_what_is_said_is_escaped_as_slack_does(
    slack: SlackSimulator, browser: Browser, films: Channel
) -> None:
    await browser.do("say", channel=films.id, text="<b> @ann https://a.example")
    [message] = slack.workspace.conversation(films)
    assert message.text == f"&lt;b&gt; <@{browser.user.id}> <https://a.example>"


async def test_names_that_begin_alike_are_told_apart_and_addresses_are_no_mentions(
    slack: SlackSimulator, browser: Browser, films: Channel
) -> None:
    ben, ong = slack.workspace.add_user("ben"), slack.workspace.add_user("ben.ong")
    old = slack.workspace.add_channel(f"{films.name}-old")
    typed = f"@ben.ong and @ben in #{films.name}-old: me@ben.example"
    await browser.do("say", channel=films.id, text=typed)
    [message] = slack.workspace.conversation(films)
    assert message.text == (
        f"<@{ong.id}> and <@{ben.id}> in <#{old.id}|{old.name}>: me@ben.example"
    )


async def test_what_one_said_is_edited_by_oneself_alone(
    slack: SlackSimulator, browser: Browser, films: Channel
) -> None:
    await browser.do("say", channel=films.id, text="<b>")
    mine = slack.workspace.conversation(films)[0]
    ben = slack.workspace.add_user("ben")
    others = slack.workspace.say(ben, films, "mine")
    await browser.do("edit", message=[films.id, mine.ts], text="@ben")
    assert slack.workspace.message(films.id, mine.ts).text == f"<@{ben.id}>"

    status, answer = await browser.do("edit", message=[films.id, others.ts], text="theirs")
    assert (status, answer["error"]) == (422, "ann cannot edit 'mine'")
    assert slack.workspace.message(films.id, others.ts).text == "mine"


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
async def test_other_sites_pages_get_nothing(
    headers: dict[str, str], browser: Browser, films: Channel, slack: SlackSimulator
) -> None:
    body = {"as": browser.user.id, "do": "say", "channel": films.id, "text": "x"}
    url = f"{browser.address}/page/do"
    async with browser.http.post(url, json=body, headers=headers) as answer:
        assert answer.status == 403
    async with browser.http.get(f"{browser.address}/page/live", headers=headers) as answer:
        assert answer.status == 403
    assert slack.workspace.conversation(films) == []


async def test_a_form_of_another_site_is_no_request(browser: Browser) -> None:
    url = f"{browser.address}/page/do"
    for body in ({"data": b'{"do":"home"}'}, {"json": [1]}):
        async with browser.http.post(url, **body) as answer:
            assert answer.status == 422


async def test_the_page_runs_nothing_but_its_own_files(browser: Browser) -> None:
    async with browser.http.get(f"{browser.address}/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        page = await answer.text()
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy.partition("style-src")[0]
    assert "<script>" not in page
