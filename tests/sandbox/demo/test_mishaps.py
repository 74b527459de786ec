"""Whatever is broken back stage, the conversation comes out right; the real bot at work."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sandbox.demo.backstage.machinery import Machinery
from sandbox.demo.backstage.mishaps import MISHAPS, take_back
from sandbox.demo.promise import Promise
from sandbox.demo.scene import LILAC, Scene
from sandbox.iacrea import Timings
from tests.conftest import replies

QUICK = Timings(queue=0.2, animate=1.0, render=0.5)


@dataclass(frozen=True)
class Case:
    """A mishap, what the outcome says then, how many regenerations were paid, what was seen."""

    mishap: str
    said: str
    posts: int
    seen: Callable[[Machinery], bool]


def answered(at: Machinery, status: int | None) -> int:
    return sum(call.status == status for call in at.iacrea.calls)


CASES = [
    Case("kill", "is ready", 1, lambda at: at.bot.starts == 2),
    Case("lose-answer", "is ready", 1, lambda at: answered(at, None) == 1),
    Case("fail-next", "failed", 1, lambda at: True),
    Case("too-many", "is ready", 1, lambda at: answered(at, 429) == 2),
    Case("break-down", "does not seem to have started", 0, lambda at: answered(at, 500) == 4),
    Case("slow-down", "is ready", 1, lambda at: at.iacrea.faults.delay > 0),
    Case("limit-slack", "is ready", 1, lambda at: any(c.status == 429 for c in at.slack.calls)),
    Case("twice", "is ready", 1, lambda at: len(at.slack.deliveries) == 2),
]


def test_every_button_has_its_case() -> None:
    assert {case.mishap for case in CASES} | {"valkey"} == set(MISHAPS)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.mishap)
async def test_it_is_spent_on_once_and_told_once(
    case: Case, playing: Machinery, scene: Scene
) -> None:
    slack, iacrea = playing.slack, playing.iacrea
    iacrea.studio.timings = QUICK
    mishap = MISHAPS[case.mishap]

    if case.mishap != "kill":
        await mishap.do(playing)
        assert mishap.left(playing) > 0
    await slack.command(scene.anna, scene.listings, f"/regen {LILAC} 2 push out")
    if case.mishap == "kill":
        await iacrea.until(lambda it: it.posts == 1)
        await mishap.do(playing)
        with pytest.raises(ValueError, match="dead already"):
            await mishap.do(playing)
    await slack.until(lambda _: replies(slack, scene.listings), 60)

    [outcome] = replies(slack, scene.listings)
    promise = Promise.counted(slack, iacrea, before=playing.credits)
    assert case.said in outcome.text
    assert iacrea.posts == case.posts
    assert [each.kept for each in promise.held()] == [True] * 4
    assert case.seen(playing)


async def test_all_that_is_armed_can_be_taken_back(machinery: Machinery) -> None:
    for name, mishap in MISHAPS.items():
        if name not in {"kill", "valkey"}:
            await mishap.do(machinery)
            assert mishap.left(machinery) > 0
    take_back(machinery)
    assert [name for name, m in MISHAPS.items() if m.left(machinery)] == ["kill"]  # not started


async def test_what_is_switched_is_switched_back_by_the_same_button(machinery: Machinery) -> None:
    slow = MISHAPS["slow-down"]
    await slow.do(machinery)
    await slow.do(machinery)
    assert machinery.iacrea.faults.delay == 0
    with pytest.raises(ValueError, match="does not run yet"):
        await MISHAPS["valkey"].do(machinery)
