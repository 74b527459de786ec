"""A first visit: three hints lead from `/regen` to its result, and to an answer in its thread."""

import re
import time

from playwright.async_api import expect

from tests.browser.conftest import PATIENCE, PHONE, WIDE, Visit, Visitor, in_one_loop
from tests.depth import proved_by

pytestmark = in_one_loop


async def follows_the_tour(visitor: Visitor) -> None:
    """Does what the hints say, and nothing else."""
    tour = visitor.at("tour")
    await expect(tour).to_contain_text("1 of 3", timeout=PATIENCE)
    await visitor.at("tour-next").click()
    await visitor.page.keyboard.press("Enter")
    await expect(tour).to_contain_text("2 of 3", timeout=PATIENCE)
    await expect(tour).to_contain_text("3 of 3", timeout=PATIENCE)
    await visitor.at("replies").last.click()
    await expect(tour).to_contain_text("mention the bot")
    await expect(tour).to_contain_text("3 of 3")
    await visitor.at("tour-next").click()
    await expect(visitor.at("thread-composer")).to_be_focused()
    await visitor.page.keyboard.press("Enter")
    await expect(tour).to_contain_text("Now break it", timeout=PATIENCE)


async def it_fits_a_phone_and_never_hides_what_it_points_at(visitor: Visitor) -> None:
    await visitor.page.wait_for_timeout(800)  # it arrives with a movement
    bubble = await visitor.at("tour").bounding_box()
    field = await visitor.at("composer").bounding_box()
    assert bubble
    assert field
    assert bubble["x"] >= 0
    assert bubble["x"] + bubble["width"] <= PHONE[0]
    assert bubble["y"] + bubble["height"] <= field["y"]


async def it_hides_nothing_that_is_offered_to_who_types(visitor: Visitor) -> None:
    await visitor.at("composer").press_sequentially("@")
    offered = visitor.at("completion")
    await expect(offered).to_be_visible()
    await visitor.page.wait_for_timeout(800)
    bubble, covered = await visitor.at("tour").bounding_box(), await offered.bounding_box()
    assert bubble
    assert covered
    assert bubble["y"] + bubble["height"] <= covered["y"]
    await visitor.at("composer").fill("")


async def test_it_leads_to_a_regenerated_sequence_in_under_two_minutes_and_comes_once(
    visit: Visit,
) -> None:
    started = time.monotonic()
    visitor = await visit(PHONE, tour=True)
    await it_fits_a_phone_and_never_hides_what_it_points_at(visitor)
    await visitor.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    await it_hides_nothing_that_is_offered_to_who_types(visitor)

    await follows_the_tour(visitor)
    assert time.monotonic() - started < 120
    ready = visitor.at("thread").get_by_text("sequence 2 of 5 is ready")
    await expect(ready).to_have_count(2, timeout=PATIENCE)
    await expect(visitor.at("tour")).to_contain_text("Kill the bot while it works")
    await visitor.at("tour-next").click()
    await expect(visitor.at("tour")).to_have_count(0)
    await expect(visitor.at("fault-kill")).to_be_focused()

    await visitor.page.reload()
    await expect(visitor.at("composer")).to_be_visible()
    await expect(visitor.at("tour")).to_have_count(0)
    await visitor.at("tour-start").click()
    await expect(visitor.at("tour")).to_contain_text("1 of 3")
    await visitor.at("tour-skip").click()
    await expect(visitor.at("tour")).to_have_count(0)
    assert visitor.demo.components.iacrea.posts == 2


@proved_by("test_it_leads_to_a_regenerated_sequence_in_under_two_minutes_and_comes_once")
async def test_it_is_followed_on_a_phone(visit: Visit) -> None:
    visitor = await visit(PHONE, tour=True)
    await follows_the_tour(visitor)
    await visitor.at("thread").press("Escape")
    await expect(visitor.at("tour")).to_contain_text(re.compile("Now break it"))
