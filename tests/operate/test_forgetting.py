"""`forget`: afterwards no key of Redis names that person, and what they had under way was told."""

import csv
import io
import re

import pytest

from bot.config import Config
from bot.operate import OperateError, forgetting
from tests.conftest import ROOT, replies
from tests.conversation.conftest import is_outcome
from tests.depth import proved_by
from tests.operate.conftest import Ask
from tests.operate.scene import Kept, Scene

UNITS = {"hour": 3600, "hours": 3600, "days": 24 * 3600}


def written_down() -> dict[str, str]:
    """By the beginning of a key: for how long SECURITY.md says that it is kept."""
    text = (ROOT / "SECURITY.md").read_text("utf-8").split("## What is kept, and how long")[1]
    rows = re.findall(r"^\| (`.*?) \|.*\| (.*?) \|$", text.split("\n## ")[0], re.MULTILINE)
    return {kind: told for kinds, told in rows for kind in re.findall("`(.*?)`", kinds)}


async def kept_otherwise(kept: Kept) -> list[str]:
    """What is kept for longer or shorter than is written down."""
    told, odd = written_down(), []
    for key in await kept.everything():
        kind, colon, _ = key.removeprefix(kept.prefix).partition(":")
        duration = told.get(kind + colon, "nothing")
        left = await kept.redis.ttl(key)
        number, _, unit = duration.partition(" ")
        most = int(number) * UNITS[unit.split(" ")[0]] if number.isdigit() else -1
        least = 0 if most < 0 or "at most" in duration else most - 600
        ends = not duration.startswith("no end")
        if left != -2 and not (least <= left <= most if ends else left == -1):
            odd.append(f"{key} expires in {left} s, and SECURITY.md says {duration}")
    return odd


async def test_all_that_is_kept_is_written_down_and_nothing_names_who_is_forgotten(
    scene: Scene, ask: Ask, kept: Kept
) -> None:
    """Others lose nothing."""
    await scene.start()
    await scene.life()
    assert await kept_otherwise(kept) == []
    await scene.follows(scene.anna)
    await scene.runs(scene.anna, posts=5)
    anna, ben = scene.anna, scene.ben
    before = await kept.names(anna)
    assert len(before) > 8, "or there is nothing to be forgotten"

    code, would, _ = await ask("forget", anna.id, "--dry-run")
    assert code == 0
    assert "5 requests would be removed" in would
    assert set(await kept.names(anna)) >= set(before) - {f"{kept.prefix}budget:{anna.id}"}

    code, said, err = await ask("forget", anna.id, ADMIN_USERS=anna.id)

    assert (code, err) == (0, "")
    assert "5 requests removed" in said
    assert f"ADMIN_USERS still names {anna.id}" in said
    assert await kept.names(anna) == []
    told = [each for each in replies(scene.slack, scene.listings) if is_outcome(each)]
    assert "whoever operates me has ended it" in told[-1].text
    code, out, _ = await ask("list", "--ended")
    assert out.count(ben.id) == 2
    assert (await ask("show", out.splitlines()[1].split()[0])).code == 0, "still to be read"
    entries = list(csv.DictReader(io.StringIO((await ask("export")).out)))
    assert sorted(each["by"] for each in entries) == ["", "", "", ben.id, ben.id]
    # Her direct messages are not known any more, and so nothing leads there.
    assert sorted(bool(each["permalink"]) for each in entries) == [False, *[True] * 4]
    assert sum(bool(each["finished_video"]) for each in entries) == 3, "what was made stays"
    assert sum(float(each["credits"] or 0) for each in entries) == 5 * scene.iacrea.account.cost
    assert f"{anna.id}: 0 requests removed" in (await ask("forget", anna.id)).out


async def nobody_tells(scene: Scene) -> None:
    """A bot that died has left something under way."""
    await scene.start()
    await scene.runs(scene.anna, posts=1)
    await scene.bots.kill()


async def test_while_nobody_tells_what_is_under_way_nothing_is_removed(
    scene: Scene, environ: dict[str, str], kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With less patience. That such an error ends a command with 1 is seen below."""
    await nobody_tells(scene)
    monkeypatch.setattr(forgetting, "PATIENCE", 1.0)

    with pytest.raises(OperateError, match="nothing was removed"):
        await forgetting.forget(Config.from_env(environ), scene.anna.id, dry=False)

    assert await kept.names(scene.anna)


@proved_by("the same with less patience, in this process")
async def test_the_command_waits_half_a_minute_for_somebody_to_tell_it(
    scene: Scene, ask: Ask, kept: Kept
) -> None:
    await nobody_tells(scene)

    code, out, err = await ask("forget", scene.anna.id)

    assert (code, out) == (1, "")
    assert "nothing was removed" in err
    assert await kept.names(scene.anna)


@pytest.mark.parametrize("wrong", ["anna", "", "*", "C0123456789", "U1*"])
async def test_what_is_no_person_is_refused(wrong: str, ask: Ask) -> None:
    code, out, err = await ask("forget", wrong)

    assert (code, out) == (1, "")
    assert "no id of a person" in err
