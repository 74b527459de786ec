"""The page for whoever uses it: by keyboard alone, on a phone, in the dark; and nothing runs."""

import contextlib

import pytest
from playwright.async_api import Page, expect
from playwright.async_api import TimeoutError as NotInTime

from sandbox.slack.records import Content
from sandbox.slack.workspace import Place
from tests.browser.conftest import PATIENCE, PHONE, Visit, Visitor, in_one_loop
from tests.depth import IN_CI

pytestmark = in_one_loop

MOST_TABS = 120
SCROLLS = 5
"""How often a thread may scroll to its end while pictures come."""
HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script>"


async def tabs_to(page: Page, selector: str, *, key: str = "Tab") -> None:
    """Presses Tab until the focus is there."""
    for _ in range(MOST_TABS):
        await page.keyboard.press(key)
        if await page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


async def edits_last(visitor: Visitor) -> None:
    """Opens the newest message that the visitor typed, to be edited; a scroll shuts its menu."""
    mine = visitor.at("message").filter(has_text="Thanks").last
    edit = visitor.page.get_by_role("menuitem", name="Edit message")
    for _ in range(SCROLLS):
        await mine.get_by_label("More actions").click()
        with contextlib.suppress(NotInTime):
            await edit.click(timeout=5_000)
            break
    await expect(visitor.at("editing")).to_be_focused()


async def test_a_sequence_is_regenerated_by_keyboard_alone(visit: Visit) -> None:
    visitor = await visit()
    page = visitor.page
    await tabs_to(page, ".skip")
    await page.keyboard.press("Enter")
    await page.keyboard.type("/re")
    await expect(visitor.at("completion")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.type("lilac-street-12 2 push out")
    await page.keyboard.press("Enter")
    await expect(visitor.at("replies")).to_be_visible(timeout=PATIENCE)
    await tabs_to(page, "[data-test=replies]", key="Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(visitor.at("thread")).to_contain_text("is ready")
    await tabs_to(page, "[data-test=thread] .select")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await tabs_to(page, "[data-test=thread-composer]")
    await page.keyboard.type("@reg")
    await expect(visitor.at("completion")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("2 push in")
    await page.keyboard.press("Enter")
    await expect(visitor.at("thread")).to_contain_text("is regenerating", timeout=PATIENCE)
    await page.keyboard.press("Escape")
    await expect(visitor.at("thread")).to_have_count(0)


async def test_a_phone_shows_one_thing_at_a_time_and_nothing_is_cut_off(visit: Visit) -> None:
    visitor = await visit(PHONE)
    page = visitor.page

    async def fits() -> None:
        wide = await page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= PHONE[0]

    await visitor.type("/regen harbour-view-4")
    await visitor.sees("Only visible to you")
    await fits()
    await visitor.takes_picture("phone")
    await visitor.at("back").click()
    await expect(visitor.at("composer")).to_be_hidden()
    await visitor.at("channel-listings").click()
    await visitor.type("/regen lilac-street-12 2 push out")
    thread = await visitor.opens_thread()
    await expect(thread).to_contain_text("is ready")
    await expect(visitor.at("composer")).to_be_hidden()
    await visitor.at("thread-composer").press_sequentially("Thanks, @")
    await expect(visitor.at("completion")).to_be_visible()
    await fits()
    await visitor.at("thread-composer").press("Enter")
    await visitor.at("thread-composer").press("Enter")
    await edits_last(visitor)
    await fits()
    await page.keyboard.press("Escape")
    await visitor.at("close-thread").click()
    await visitor.at("side-panel-toggle").click()
    await expect(visitor.at("fault-kill")).to_be_visible()
    await fits()
    await page.get_by_label("Close back stage").click()
    await visitor.type("/regen")
    await expect(visitor.at("modal")).to_be_visible(timeout=PATIENCE)
    await fits()


async def test_nothing_that_a_message_says_can_run_and_a_place_is_found_again(
    visit: Visit,
) -> None:
    visitor = await visit()
    alerts: list[str] = []
    visitor.page.on("dialog", lambda dialog: alerts.append(dialog.message))
    await hostile_messages_are_only_words(visitor)
    assert alerts == []
    await reload_back_and_a_second_tab_show_the_same_place(visitor)
    assert alerts == []


async def hostile_messages_are_only_words(visitor: Visitor) -> None:
    page, demo = visitor.page, visitor.demo
    plain = {"type": "plain_text", "text": HOSTILE}
    blocks = (
        {"type": "section", "text": {"type": "mrkdwn", "text": f"{HOSTILE} `{HOSTILE}`"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "<javascript:alert(3)|press>"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "<data:text/html,x|press>"}},
        {"type": "header", "text": plain},
        {"type": "image", "image_url": "https://elsewhere.example/x.png", "alt_text": HOSTILE},
        {"type": "actions", "elements": [{"type": "button", "text": plain, "url": "javascript:1"}]},
        {"type": "actions", "elements": [{"type": "no_such_element"}]},
        {"type": "no_such_block"},
    )
    workspace = demo.components.slack.workspace
    listings = demo.sample.listings
    workspace.post(listings, Content("x", blocks), Place(workspace.bot.id))
    workspace.say(workspace.add_user("<b>mallory</b>"), listings, HOSTILE)

    await visitor.sees("(no_such_block)")
    await expect(page.get_by_text(HOSTILE).first).to_be_visible()
    message = visitor.at("message").filter(has_text="no_such_block")
    await message.get_by_text("press").first.click()
    assert await message.locator("a, script, img[src*='elsewhere']").count() == 0


async def reload_back_and_a_second_tab_show_the_same_place(visitor: Visitor) -> None:
    await visitor.at("channel-marketing").click()
    await visitor.page.reload()
    await expect(visitor.page).to_have_title("marketing · Simulated")
    await visitor.page.go_back()
    await expect(visitor.page).to_have_title("listings · Simulated")

    others = [await visitor.page.context.new_page() for _ in range(4 if IN_CI else 1)]
    for other in others:
        await other.goto(visitor.page.url)
    await visitor.type("to all of them")
    for other in others:
        await expect(other.get_by_text("to all of them")).to_be_visible()
