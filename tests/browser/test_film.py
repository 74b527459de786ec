"""The finished video, in a tab of its own: its clips in a row, by mouse and by keyboard."""

from playwright.async_api import BrowserContext, expect

from tests.browser.conftest import Visit, in_one_loop

pytestmark = in_one_loop


async def test_the_finished_video_plays_its_sequences_in_a_row(
    moving: BrowserContext, visit: Visit
) -> None:
    visitor = await visit(profile=moving)
    await visitor.type("/regen lilac-street-12 2 crane up")
    thread = await visitor.opens_thread()
    async with visitor.page.expect_popup() as opened:
        await thread.get_by_role("link", name="Watch").click()
    film = await opened.value
    film.on("pageerror", lambda error: visitor.wrong.append(str(error)))
    film.on("console", lambda said: said.type == "error" and visitor.wrong.append(said.text))

    caption = film.locator(".caption")
    await expect(caption).to_have_text("1 of 5 · House · push in")
    await expect(film.get_by_role("heading")).to_have_text("lilac-street-12 render 2")
    await film.keyboard.press("ArrowRight")
    await expect(caption).to_have_text("2 of 5 · Living room · crane up")
    await film.keyboard.press("Space")
    await expect(film.get_by_label("Play", exact=True)).to_be_visible()
    await film.get_by_label("Sequence 5").click()
    await expect(caption).to_have_text("5 of 5 · Bedroom · push out")
    shown = film.locator(".stage img.shown")
    assert await shown.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    await film.get_by_label("Play", exact=True).click()
    await expect(caption).to_have_text("1 of 5 · House · push in", timeout=15_000)
    await visitor.takes_picture("film", of=film)
