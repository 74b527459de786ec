"""Home: what was asked for can be looked at and repeated, without going anywhere."""

from playwright.async_api import expect

from tests.browser.conftest import PATIENCE, Visit, Visitor, in_one_loop

pytestmark = in_one_loop


async def presses(visitor: Visitor, name: str) -> None:
    """Presses a button of the Home tab, by what a screen reader says of it."""
    button = visitor.at("home-tab").get_by_role("button", name=name)
    await button.click(timeout=PATIENCE)


async def test_requests_and_videos_are_acted_on_from_home_and_go_on_in_their_own_place(
    visit: Visit,
) -> None:
    visitor = await visit()
    modal, iacrea = visitor.at("modal"), visitor.demo.components.iacrea
    await visitor.type("/regen lilac-street-12 2 push out")
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
