"""Home: what was asked for can be looked at and repeated, without going anywhere."""

from playwright.async_api import expect

from sandbox.demo.sample_data import LILAC
from sandbox.iacrea import Timings
from tests.browser.conftest import PATIENCE, Visit, Visitor, in_one_loop

pytestmark = in_one_loop


async def presses(visitor: Visitor, name: str) -> None:
    """Presses a button of the Home tab, by what a screen reader says of it."""
    button = visitor.at("home-tab").get_by_role("button", name=name)
    await button.click(timeout=PATIENCE)


async def a_regeneration_is_seen_in_place_in_the_thread_and_in_the_pictures(
    visitor: Visitor,
) -> None:
    account = visitor.demo.components.iacrea.account
    account.timings = Timings(queue=0.3, animate=600.0, render=0.2)
    await visitor.type("/regen lilac-street-12 2 push out")
    await visitor.sees("is regenerating")
    await visitor.sees("Animating", where="main")
    account.videos[LILAC].sequences[1].ready_at = 0.0
    thread = await visitor.opens_thread()

    await expect(thread).to_contain_text("sequence 2 of 5 is ready")
    cards = thread.locator("[data-test='card'] img")
    await expect(cards).to_have_count(2)
    before, after = [await cards.nth(place).get_attribute("src") for place in (0, 1)]
    assert before != after
    for place in (0, 1):
        assert await cards.nth(place).evaluate("image => image.decode().then(() => true)")
    await expect(visitor.at("credits")).to_have_text("47")


async def test_a_regeneration_is_seen_everywhere_and_acted_on_from_home_where_it_goes_on(
    visit: Visit,
) -> None:
    visitor = await visit()
    await a_regeneration_is_seen_in_place_in_the_thread_and_in_the_pictures(visitor)
    modal, iacrea = visitor.at("modal"), visitor.demo.components.iacrea
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=0.1)
    await visitor.sees("Done: see the thread")
    await visitor.at("home").click()
    for name, said in {
        "Show request 1": "sequence 2 of 5",
        "Storyboard of lilac-street-12": "5 sequences",
        "Regenerate sequences of lilac-street-12": "New image",
    }.items():
        await presses(visitor, name)
        await expect(modal).to_contain_text(said, timeout=PATIENCE)
        await visitor.page.keyboard.press("Escape")
        await expect(modal).to_have_count(0)
    assert iacrea.posts == 1

    await presses(visitor, "Repeat request 1")
    await expect(modal).to_contain_text("its message appears in", timeout=PATIENCE)
    await iacrea.until(lambda it: it.posts == 2)
    await visitor.page.keyboard.press("Escape")
    await visitor.at("channel-listings").click()
    thread = await visitor.opens_thread()
    ready = thread.get_by_text("sequence 2 of 5 is ready")
    await expect(ready).to_have_count(2, timeout=PATIENCE)
