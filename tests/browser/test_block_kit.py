"""The simulated workspace by itself, in a browser, with a small Bolt app: any app could be there.

What the product does not use is used here: confirm dialogs, overflow menus, fields of all kinds.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Channel, SlackSimulator
from sandbox.slack.page import Page as Workspace
from tests.browser.conftest import PATIENCE, in_one_loop
from tests.sandbox.slack.conftest import MANIFEST

pytestmark = in_one_loop


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It cannot be undone."),
    "confirm": plain("Do it"),
    "deny": plain("No"),
}
MESSAGE = [
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            {
                "type": "button",
                "action_id": "drop",
                "text": plain("Drop"),
                "style": "danger",
                "confirm": CONFIRM,
            },
            {"type": "overflow", "action_id": "more", "options": options("One", "Two")},
            {"type": "static_select", "action_id": "pick", "options": options("Red", "Blue")},
            {
                "type": "checkboxes",
                "action_id": "ticks",
                "options": options("Milk", "Sugar"),
                "initial_options": options("Milk"),
            },
        ],
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "bold", "style": {"bold": True}}],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "emoji", "name": "tada", "unicode": "1f389"}],
                    }
                ],
            },
        ],
    },
]
MODAL = {
    "type": "modal",
    "callback_id": "all",
    "title": plain("All fields"),
    "submit": plain("Send"),
    "blocks": [
        {
            "type": "input",
            "block_id": name,
            "label": plain(name),
            "element": {"type": kind, "action_id": "value", **more},
        }
        for name, kind, more in (
            ("text", "plain_text_input", {"multiline": True}),
            ("mail", "email_text_input", {}),
            ("date", "datepicker", {}),
            ("who", "users_select", {}),
            ("where", "channels_select", {}),
            ("which", "radio_buttons", {"options": options("A", "B")}),
            ("several", "multi_static_select", {"options": options("X", "Y", "Z")}),
        )
    ],
}


@dataclass
class World:
    """A workspace, what its app got, and a person's page."""

    slack: SlackSimulator
    films: Channel
    client: AsyncWebClient
    page: Page
    got: list[dict[str, Any]] = field(default_factory=list)

    async def until(self, holds: Callable[[], Any]) -> None:
        async with asyncio.timeout(60):
            while not holds():  # noqa: ASYNC110 - Bolt's listeners notify nobody
                await asyncio.sleep(0.02)

    async def posts(self, blocks: list[dict[str, Any]]) -> None:
        await self.client.chat_postMessage(channel=self.films.id, text="x", blocks=blocks)


@pytest_asyncio.fixture(loop_scope="session")
async def world(profile: BrowserContext) -> AsyncIterator[World]:
    slack = SlackSimulator(MANIFEST, ack_seconds=1.0)
    slack.workspace.add_user("ann")
    films = slack.workspace.add_channel("films", bot_member=True)
    await slack.start(extra_routes=Workspace(slack).routes())
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client)
    page = await profile.new_page()
    await page.goto(slack.api_url.removesuffix("/api/"))
    world = World(slack, films, client, page)

    @app.action({"block_id": "acts"})
    async def acted(ack: Any, body: dict[str, Any]) -> None:
        world.got.append(body["actions"][0])
        await ack()

    @app.command("/regen")
    async def asked(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("all")
    async def submitted(ack: Any, view: dict[str, Any]) -> None:
        world.got.append(view["state"]["values"])
        wrong = view["state"]["values"]["text"]["value"]["value"] == "wrong"
        await (ack(response_action="errors", errors={"text": "Not that."}) if wrong else ack())

    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()
    await slack.until(lambda _: slack.connections)
    yield world
    await page.close()
    await handler.close_async()
    await slack.stop()


async def test_what_people_press_choose_and_fill_in_reaches_the_app(world: World) -> None:
    await world.posts(MESSAGE)
    await a_question_is_asked_first_and_a_no_does_nothing(world)
    world.got.clear()
    await menus_and_ticks_reach_the_app(world)
    world.got.clear()
    await every_field_of_a_modal_arrives_and_errors_stand_beside_theirs(world)


async def test_the_page_goes_on_after_an_app_was_silent_or_the_workspace_away(
    world: World,
) -> None:
    await an_app_that_does_not_answer_is_marked(world)
    await the_page_comes_back_by_itself_when_the_workspace_does(world)


async def a_question_is_asked_first_and_a_no_does_nothing(world: World) -> None:
    drop = world.page.get_by_role("button", name="Drop")
    await drop.click()
    await expect(world.page.locator("[data-test=confirm]")).to_contain_text("cannot be undone")
    await world.page.keyboard.press("Escape")
    await expect(world.page.locator("[data-test=confirm]")).to_have_count(0)
    assert world.got == []
    await drop.click()
    await world.page.get_by_role("button", name="Do it").click()
    await world.until(lambda: [each["action_id"] for each in world.got] == ["drop"])


async def menus_and_ticks_reach_the_app(world: World) -> None:
    page = world.page
    await page.get_by_label("More", exact=True).click()
    await page.get_by_role("menuitem", name="Two").click()
    await page.get_by_label("Select…: nothing chosen").click()
    await page.get_by_role("option", name="Blue").click()
    await expect(page.get_by_label("Select…: Blue")).to_be_visible()
    await world.until(lambda: len(world.got) == 2)
    await page.get_by_label("Sugar").check()
    await world.until(lambda: len(world.got) == 3)

    assert [each["action_id"] for each in world.got] == ["more", "pick", "ticks"]
    assert world.got[0]["selected_option"]["value"] == "two"
    assert [each["value"] for each in world.got[2]["selected_options"]] == ["milk", "sugar"]
    await expect(page.locator("strong").get_by_text("bold")).to_be_visible()
    await expect(page.locator("li").get_by_text("🎉")).to_be_visible()


async def every_field_of_a_modal_arrives_and_errors_stand_beside_theirs(world: World) -> None:
    page = world.page
    await page.locator("[data-test=composer]").fill("/regen ")
    await page.keyboard.press("Enter")
    modal = page.locator("[data-test=modal]")
    await expect(modal).to_be_visible(timeout=PATIENCE)
    await page.locator("[data-test=submit]").click()
    await expect(page.locator("[data-test=field-error]")).to_have_count(7)
    assert world.got == []

    await modal.get_by_label("text").fill("wrong")
    await modal.get_by_label("mail").fill("ann@example.com")
    await modal.get_by_label("date").fill("2026-11-25")
    for name, choice in (("who", "Ann"), ("where", "#films")):
        await modal.get_by_label(f"{name}: nothing chosen").click()
        await page.get_by_role("option", name=choice).click()
    await modal.get_by_label("B", exact=True).check()
    await modal.get_by_label("several: nothing chosen").click()
    await page.get_by_role("option", name="X").click()
    await page.get_by_role("option", name="Z").click()
    await page.keyboard.press("Escape")
    await page.locator("[data-test=submit]").click()
    await expect(page.locator("[data-test=field-error]")).to_have_text("Not that.")

    await modal.get_by_label("text").fill("right")
    await page.locator("[data-test=submit]").click()
    await expect(modal).to_have_count(0)
    values = {block: fields["value"] for block, fields in world.got[-1].items()}
    assert values["text"]["value"] == "right"
    assert values["mail"]["value"] == "ann@example.com"
    assert values["date"]["selected_date"] == "2026-11-25"
    assert values["where"]["selected_channel"] == world.films.id
    assert values["which"]["selected_option"]["value"] == "b"
    assert [each["value"] for each in values["several"]["selected_options"]] == ["x", "z"]


async def an_app_that_does_not_answer_is_marked(world: World) -> None:
    silent = {"type": "button", "action_id": "silent", "text": plain("Silent")}
    await world.posts([{"type": "actions", "block_id": "nobody", "elements": [silent]}])
    await world.page.get_by_role("button", name="Silent").click()
    await expect(world.page.locator(".failure")).to_be_visible(timeout=PATIENCE)
    await expect(world.page.locator("[data-test=toasts]")).to_contain_text("Try again?")


async def the_page_comes_back_by_itself_when_the_workspace_does(world: World) -> None:
    port = int(world.slack.api_url.rsplit(":", 1)[1].split("/")[0])
    await world.slack.stop()
    await expect(world.page.get_by_text("The workspace is away")).to_be_visible()
    await asyncio.sleep(0.5)
    await world.slack.start(port=port, extra_routes=Workspace(world.slack).routes())
    await expect(world.page.get_by_text("The workspace is away")).to_have_count(0, timeout=PATIENCE)
