"""Whatever is broken in the panel, the conversation comes out right; the real bot at work."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sandbox.demo.panel.components import Components
from sandbox.demo.panel.fault_buttons import FAULT_BUTTONS, clear_faults
from sandbox.demo.promise import Promise
from sandbox.demo.sample_data import LILAC, SampleData
from sandbox.iacrea import Timings
from tests.conftest import replies
from tests.depth import IN_CI

QUICK = Timings(queue=0.2, animate=1.0, render=0.5)


@dataclass(frozen=True)
class Case:
    """A button, what the outcome says then, how many regenerations were paid, what was seen."""

    button: str
    said: str
    posts: int
    seen: Callable[[Components], bool]


def answered(components: Components, status: int | None) -> int:
    return sum(call.status == status for call in components.iacrea.calls)


CASES = [
    Case("kill", "is ready", 1, lambda components: components.bot.starts == 2),
    Case("lose-answer", "is ready", 1, lambda components: answered(components, None) == 1),
    Case("fail-next", "failed", 1, lambda components: True),
    Case("too-many", "is ready", 1, lambda components: answered(components, 429) == 2),
    Case(
        "break-down",
        "does not seem to have started",
        0,
        lambda components: answered(components, 500) == 4,
    ),
    Case("slow-down", "is ready", 1, lambda components: components.iacrea.faults.delay > 0),
    Case(
        "limit-slack",
        "is ready",
        1,
        lambda components: any(c.status == 429 for c in components.slack.calls),
    ),
    Case("twice", "is ready", 1, lambda components: len(components.slack.deliveries) == 2),
]


IN_A_BROWSER = frozenset({"kill", "lose-answer"})
"""Pressed on the page as well: `tests/browser/test_break_it.py`."""
PLAYED = [case for case in CASES if IN_CI or case.button not in IN_A_BROWSER]


@pytest.fixture
def settings(case: Case, components: Components) -> dict[str, str]:
    """The bot's; what does not show on the video is given up after 20 s, or after that timeout."""
    hurried = case.button == "break-down" and not IN_CI
    return components.settings | ({"GENERATION_TIMEOUT": "6"} if hurried else {})


def test_every_button_has_its_case() -> None:
    assert {case.button for case in CASES} | {"valkey"} == set(FAULT_BUTTONS)


@pytest.mark.parametrize("case", PLAYED, ids=lambda case: case.button)
async def test_it_is_spent_on_once_and_told_once(
    case: Case, playing: Components, sample: SampleData
) -> None:
    slack, iacrea = playing.slack, playing.iacrea
    iacrea.account.timings = QUICK
    button = FAULT_BUTTONS[case.button]

    if case.button != "kill":
        await button.do(playing)
        assert button.left(playing) > 0
    await slack.command(sample.anna, sample.listings, f"/regen {LILAC} 2 push out")
    if case.button == "kill":
        await iacrea.until(lambda it: it.posts == 1)
        await button.do(playing)
        with pytest.raises(ValueError, match="dead already"):
            await button.do(playing)
    await slack.until(lambda _: replies(slack, sample.listings), 60)

    [outcome] = replies(slack, sample.listings)
    promise = Promise.counted(slack, iacrea, before=playing.credits)
    assert case.said in outcome.text
    assert iacrea.posts == case.posts
    assert [each.kept for each in promise.sentences()] == [True] * 4
    assert case.seen(playing)


async def test_all_that_is_armed_can_be_taken_back(components: Components) -> None:
    for name, button in FAULT_BUTTONS.items():
        if name not in {"kill", "valkey"}:
            await button.do(components)
            assert button.left(components) > 0
    clear_faults(components)
    assert [name for name, m in FAULT_BUTTONS.items() if m.left(components)] == [
        "kill"
    ]  # not started


async def test_what_is_switched_is_switched_back_by_the_same_button(components: Components) -> None:
    slow = FAULT_BUTTONS["slow-down"]
    await slow.do(components)
    await slow.do(components)
    assert components.iacrea.faults.delay == 0
    with pytest.raises(ValueError, match="does not run yet"):
        await FAULT_BUTTONS["valkey"].do(components)
