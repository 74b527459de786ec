"""The panel: every button, and the case for which it is there: kill -9, and it recovers."""

import pytest
from playwright.async_api import expect

from sandbox.demo.panel.fault_buttons import FAULT_BUTTONS
from sandbox.demo.sample_data import LILAC
from sandbox.iacrea import Timings
from tests.browser.conftest import PATIENCE, Visit, Visitor, in_one_loop
from tests.depth import proved_by

pytestmark = in_one_loop

ARMED = sorted(set(FAULT_BUTTONS) - {"kill", "valkey"})


async def test_what_is_broken_can_be_taken_back_and_a_lost_answer_comes_out_right(
    visit: Visit,
) -> None:
    visitor = await visit()
    await each_button_arms_what_it_says_and_all_can_be_taken_back(visitor)
    await without_valkey_nothing_starts(visitor)
    await a_fault_is_seen_in_the_panel_and_the_conversation_comes_out_right(visitor, "lose-answer")


async def each_button_arms_what_it_says_and_all_can_be_taken_back(visitor: Visitor) -> None:
    for name in ARMED:
        await visitor.at(f"fault-{name}").click()
        await expect(visitor.at(f"fault-{name}")).to_have_attribute("aria-pressed", "true")
        assert FAULT_BUTTONS[name].left(visitor.demo.components) > 0
    await visitor.at("clear").click()
    for name in ARMED:
        await expect(visitor.at(f"fault-{name}")).to_have_attribute("aria-pressed", "false")


async def test_a_bot_killed_at_work_comes_back_pays_once_and_tells_once(visit: Visit) -> None:
    visitor = await visit()
    account = visitor.demo.components.iacrea.account
    account.timings = Timings(queue=0.3, animate=600.0, render=1.0)
    await visitor.type("/regen lilac-street-12 2 push out")
    await visitor.sees("Animating", where="main")

    await visitor.at("fault-kill").click()
    await expect(visitor.at("bot-state")).to_have_text("dead")
    await visitor.takes_picture("killed")
    await expect(visitor.at("bot-state")).to_have_text("connected", timeout=PATIENCE)
    account.videos[LILAC].sequences[1].ready_at = 0.0
    thread = await visitor.opens_thread()

    await expect(thread.get_by_text("is ready")).to_have_count(1)
    await expect(
        visitor.at("call").and_(visitor.page.locator("[data-kind=regenerate]"))
    ).to_have_count(1)
    await expect(visitor.at("credits")).to_have_text("47")
    await expect(
        visitor.at("promise").and_(visitor.page.locator("[data-kept=true]"))
    ).to_have_count(4)
    await visitor.takes_picture("recovered")


async def without_valkey_nothing_starts(visitor: Visitor) -> None:
    await visitor.at("fault-valkey").click()
    await expect(visitor.at("valkey-state")).to_have_text("stopped", timeout=PATIENCE)
    await visitor.type("/regen lilac-street-12 2 push out")
    await visitor.sees("Nothing was started")
    assert visitor.demo.components.iacrea.posts == 0

    await visitor.at("fault-valkey").click()
    await expect(visitor.at("valkey-state")).to_have_text("running", timeout=PATIENCE)


@proved_by("test_what_is_broken_can_be_taken_back_and_a_lost_answer_comes_out_right")
@pytest.mark.parametrize("button", ["lose-answer", "twice", "limit-slack"])
async def test_a_fault_comes_out_right(button: str, visit: Visit) -> None:
    visitor = await visit()
    await a_fault_is_seen_in_the_panel_and_the_conversation_comes_out_right(visitor, button)


async def a_fault_is_seen_in_the_panel_and_the_conversation_comes_out_right(
    visitor: Visitor, button: str
) -> None:
    await visitor.at(f"fault-{button}").click()
    await visitor.type("/regen lilac-street-12 2 push out")
    thread = await visitor.opens_thread()
    await expect(thread.get_by_text("is ready")).to_have_count(1)
    status = "dropped" if button == "lose-answer" else "200"
    await expect(visitor.regenerations).to_have_count(1)
    await expect(visitor.regenerations).to_have_attribute("data-status", status)
    await expect(visitor.at("credits")).to_have_text("47")


@proved_by("tests/sandbox/demo/test_fault_buttons.py")
async def test_a_failed_sequence_is_retried_by_its_button(visit: Visit) -> None:
    visitor = await visit()
    await visitor.at("fault-fail-next").click()
    await visitor.type("/regen lilac-street-12 2 push out")
    thread = await visitor.opens_thread()
    await expect(thread).to_contain_text("failed", timeout=PATIENCE)
    await thread.get_by_role("button", name="Retry").click()
    await expect(visitor.at("credits")).to_have_text("44", timeout=PATIENCE)
