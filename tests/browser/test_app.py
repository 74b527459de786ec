"""The app's own places: its Home, its messages, what is new there; also on a phone."""

import pytest
from playwright.async_api import expect

from sandbox.slack.records import Content
from sandbox.slack.workspace import Place
from tests.browser.conftest import PATIENCE, PHONE, WIDE, Visit, Visitor, in_one_loop
from tests.depth import in_ci, proved_by

pytestmark = in_one_loop


def opened(visitor: Visitor) -> list[str]:
    """The tabs that the app was told of, in the order in which they were opened."""
    events = [each.payload.get("event", {}) for each in visitor.demo.components.slack.deliveries]
    return [each["tab"] for each in events if each.get("type") == "app_home_opened"]


@pytest.mark.parametrize("size", [PHONE, *in_ci(WIDE)])
async def test_home_and_messages_are_two_tabs_and_the_app_is_told_which_is_opened(
    size: tuple[int, int], visit: Visit
) -> None:
    visitor = await visit(size)
    workspace = visitor.demo.components.slack.workspace
    direct = workspace.direct_message(visitor.demo.sample.anna)
    workspace.post(direct, Content("Something new"), Place(workspace.bot.id))
    if size == PHONE:
        await visitor.at("back").click()
    await expect(visitor.at("channel-Regen")).to_contain_text("1")
    await visitor.at("home").click()
    await visitor.sees("left on the IACrea account")
    await expect(visitor.at("tab-messages").get_by_label("1 new")).to_be_visible()
    await expect(visitor.at("tab-home")).to_have_attribute("aria-current", "page")

    wide = await visitor.page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= size[0]

    await visitor.at("tab-messages").click()
    await visitor.sees("Something new")
    await expect(visitor.at("channel-Regen").get_by_label("new")).to_have_count(0)
    await expect(visitor.page).to_have_title("Regen · Simulated")
    await visitor.at("tab-home").click()
    await expect(visitor.at("home-tab")).to_be_visible(timeout=PATIENCE)
    slack = visitor.demo.components.slack
    await slack.until(lambda _: opened(visitor) == ["home", "messages", "home"])


@proved_by("tests/conversation/test_direct_message.py")
async def test_direct_messages_are_read_as_words_and_answered_there(visit: Visit) -> None:
    visitor = await visit()
    await visitor.at("channel-Regen").click()
    await visitor.type("lilac-street-12 3 push out")
    await visitor.sees("Done: see the thread")
    await visitor.type("last 2")
    await expect(visitor.at("replies")).to_have_count(2, timeout=PATIENCE)
    thread = await visitor.opens_thread()
    await expect(thread).to_contain_text("sequence 2 of 5 is ready", timeout=PATIENCE)
    assert visitor.demo.components.iacrea.posts == 2


async def test_who_opens_the_messages_first_is_told_once_what_to_say(visit: Visit) -> None:
    visitor = await visit()
    await visitor.at("channel-Regen").click()
    await visitor.sees("Hello! I regenerate a sequence", where="main")
    await visitor.at("message").get_by_role("button", name="Regenerate a sequence").click()
    await expect(visitor.at("modal")).to_be_visible(timeout=PATIENCE)
    await visitor.page.keyboard.press("Escape")
    await visitor.at("tab-home").click()
    await visitor.sees("left on the IACrea account")
    await visitor.at("tab-messages").click()
    slack = visitor.demo.components.slack
    await slack.until(lambda _: opened(visitor) == ["messages", "home", "messages"])
    await expect(visitor.at("message")).to_have_count(1)

    await visitor.at("channel-directors").click()
    await visitor.at("invite").click()
    await visitor.sees("Hello! I regenerate a sequence", where="main")
