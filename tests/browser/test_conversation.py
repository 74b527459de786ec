"""The workspace as people use it: cards, storyboards, forms, Home, languages."""

from playwright.async_api import expect

from sandbox.iacrea import VideoStatus
from tests.browser.conftest import PATIENCE, Visit, in_one_loop
from tests.depth import proved_by

pytestmark = in_one_loop


async def test_a_storyboard_is_private_has_a_card_for_each_sequence_is_dark_and_regenerates(
    visit: Visit,
) -> None:
    visitor = await visit()
    await visitor.type("/regen harbour-view-4")
    await visitor.sees("Only visible to you")
    cards = visitor.at("carousel").locator("[data-test='card']")
    await expect(cards).to_have_count(6)
    await visitor.sees("Regenerate failed (1)")
    await cards.nth(0).locator("img").evaluate("image => image.decode()")
    await visitor.takes_picture("storyboard")

    await visitor.page.emulate_media(color_scheme="dark")
    background = await visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(26, 26, 30)"
    await visitor.takes_picture("dark")

    await visitor.page.get_by_label("Further cards").click()
    await cards.nth(3).get_by_role("button", name="Regenerate").click()
    await visitor.sees("is regenerating")
    await visitor.opens_thread()
    assert visitor.demo.components.iacrea.posts == 1


async def test_a_form_knows_a_messages_video_says_what_is_wrong_beside_the_field_and_regenerates(
    visit: Visit,
) -> None:
    visitor = await visit()
    modal = visitor.at("modal")
    first = visitor.at("message").first
    await first.hover()
    await first.get_by_label("More actions").click()
    await visitor.page.get_by_role("menuitem", name="Regenerate…").click()
    await expect(modal).to_contain_text("lilac-street-12", timeout=PATIENCE)
    await visitor.page.keyboard.press("Escape")
    await expect(modal).to_have_count(0)

    await visitor.type("/regen")
    await expect(modal).to_be_visible(timeout=PATIENCE)
    await visitor.at("submit").click()
    await expect(visitor.at("field-error").first).to_have_text(
        "Please complete this required field."
    )

    await modal.get_by_label("Video: nothing chosen").click()
    await visitor.page.get_by_label("Search: Video").fill("lilac-street-12")
    await visitor.page.get_by_role("option", name="lilac-street-12").click(timeout=PATIENCE)
    await modal.get_by_label("Sequences: nothing chosen").click(timeout=PATIENCE)
    await visitor.page.get_by_role("option").nth(2).click()
    await visitor.page.keyboard.press("Escape")
    await modal.get_by_label("New image").fill("https://10.0.0.1/kitchen.jpg")
    await visitor.at("submit").click()
    await expect(visitor.at("field-error")).to_have_count(1, timeout=PATIENCE)
    await visitor.takes_picture("form")
    assert visitor.demo.components.iacrea.posts == 0

    await modal.get_by_label("New image").fill("https://photos.example/lilac-street")
    await visitor.at("submit").click()
    await expect(modal).to_contain_text("opens a web page", timeout=PATIENCE)
    assert visitor.demo.components.iacrea.posts == 0

    await modal.get_by_label("New image").fill("https://photos.example/kitchen.jpg")
    await visitor.at("submit").click()
    await expect(modal).to_contain_text("It has started", timeout=PATIENCE)
    await visitor.page.get_by_role("button", name="Close").first.click()
    await expect(modal).to_have_count(0, timeout=PATIENCE)
    await visitor.sees("is regenerating")
    await visitor.sees("(1920 × 1080 pixels)")
    await visitor.opens_thread()
    assert visitor.demo.components.iacrea.posts == 1


@proved_by("tests/conversation/test_guard_rails.py")
async def test_a_render_in_progress_is_asked_about_before_it_is_cut_off(visit: Visit) -> None:
    visitor = await visit()
    videos = visitor.demo.components.iacrea.account.videos
    assert videos["old-mill-lofts"].status is VideoStatus.START_RENDERING_VIDEO

    await visitor.type("/regen old-mill-lofts 3 push in")
    await visitor.sees("Only visible to you")
    assert visitor.demo.components.iacrea.posts == 0
    await visitor.at("message").last.get_by_role("button").first.click()
    await visitor.sees("is regenerating")


@proved_by("tests/browser/test_app.py")
async def test_a_private_channel_without_the_bot_invites_it(visit: Visit) -> None:
    visitor = await visit()
    await visitor.at("channel-directors").click()
    await visitor.type("/regen lilac-street-12 2")
    await visitor.sees("Add me with")
    assert visitor.demo.components.iacrea.posts == 0
    await visitor.at("invite").click()
    await expect(visitor.at("invite")).to_have_count(0)
    await visitor.type("/regen lilac-street-12 2")
    await visitor.sees("is regenerating")


@proved_by("tests/browser/test_app.py")
async def test_home_and_direct_messages_are_there(visit: Visit) -> None:
    visitor = await visit()
    await visitor.at("home").click()
    await visitor.sees("left on the IACrea account")
    await visitor.page.get_by_role("button", name="Regenerate a sequence").click()
    await expect(visitor.at("modal")).to_be_visible(timeout=PATIENCE)
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.at("modal")).to_have_count(0)
    await visitor.at("channel-Regen").click()
    await visitor.type("/regen help")
    await visitor.sees("Only visible to you")
