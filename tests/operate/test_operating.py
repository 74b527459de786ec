"""`list`, `show`, `cancel` and `export`: what an operator needs, without redis-cli."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from redis.asyncio import Redis

from bot.operate.tables import _COLUMNS
from sandbox.iacrea import Answered, IACreaSimulator, Slow, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, free_port, replies
from tests.conversation.conftest import outcome
from tests.conversation.following import cards, endless, text
from tests.operate.conftest import Ask

SLOW = Timings(queue=0.1, animate=60.0, render=0.2)


@pytest.fixture
async def running(
    bots: Bots, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> str:
    """A request that IACrea is at work on; the value is its video's id."""
    iacrea.account.timings = SLOW
    video = iacrea.account.add_video(sequences=3)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    await iacrea.until(lambda it: it.posts == 1)
    return video.id


async def the_request(ask: Ask) -> str:
    _, out, _ = await ask("list", "--json")
    [request] = json.loads(out)
    return str(request["id"])


async def test_what_is_under_way_is_listed(
    running: str, ask: Ask, anna: User, listings: Channel
) -> None:
    code, out, err = await ask("list")

    head, row = out.splitlines()
    assert (code, err) == (0, "")
    assert head.split() == list(_COLUMNS)
    assert row.split()[1] in {"submitting", "pending"}
    assert [anna.id, listings.id, running, "2"] == row.split()[-4:]


async def test_where_nothing_is_under_way_it_says_so(ask: Ask) -> None:
    assert await ask("list") == (0, "No requests.\n", "")


async def test_a_request_is_shown_without_what_must_not_be_seen(
    running: str, ask: Ask, redis: Redis, prefix: str
) -> None:
    name = await the_request(ask)

    _, sheet, _ = await ask("show", name)
    _, record, _ = await ask("show", name, "--json")

    assert f"video           {running}" in sheet
    assert "effect          CAMERA_PUSH_OUT" in sheet
    assert "sequence 2  " in sheet
    assert "response_url" not in sheet + record
    assert "hooks" not in sheet + record
    assert json.loads(record)[0]["order"]["video"] == running


async def test_an_unknown_request_is_a_plain_sentence(ask: Ask) -> None:
    code, out, err = await ask("show", "nonsense")

    assert (code, out) == (1, "")
    assert err.startswith("regen-bot: there is no request nonsense;")


async def test_a_running_request_that_is_cancelled_is_told_in_its_thread(
    running: str, ask: Ask, slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    name = await the_request(ask)

    code, out, _ = await ask("cancel", name)

    assert code == 0
    assert "stays paid for" in out
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    assert "whoever operates me has ended it" in replies(slack, listings)[0].text
    assert iacrea.posts == 1
    assert (await ask("list")).out == "No requests.\n"
    assert "ended already (stopped)" in (await ask("cancel", name)).err


async def test_a_request_that_was_not_sent_is_cancelled_for_nothing(
    bots: Bots,
    ask: Ask,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    iacrea.faults.posts.extend([Answered(429, retry_after=30)] * 3)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.until(lambda _: len(slack.workspace.messages(listings)) == 1)
    name = await the_request(ask)

    code, out, _ = await ask("cancel", name)

    assert (code, out) == (0, f"{name} is cancelled: nothing was spent, and its thread is told.\n")
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    assert "has cancelled it" in replies(slack, listings)[0].text
    assert iacrea.account.credits == 1000


async def test_while_a_post_is_on_its_way_cancelling_waits_for_its_answer(
    bots: Bots,
    ask: Ask,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    iacrea.account.timings = SLOW
    video = iacrea.account.add_video(sequences=3)
    iacrea.faults.posts.append(Slow(3.0))
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)

    _, out, _ = await ask("cancel", await the_request(ask))

    assert "stays paid for" in out
    await slack.until(lambda _: len(replies(slack, listings)) == 1)


async def test_the_ledger_is_exported_as_csv(
    running: str, ask: Ask, anna: User, listings: Channel, iacrea: IACreaSimulator
) -> None:
    await ask("cancel", await the_request(ask))

    for month in ((), ("all",), (f"{datetime.now(UTC):%Y-%m}",)):
        [entry] = csv.DictReader(io.StringIO((await ask("export", *month)).out))
        assert (entry["by"], entry["channel"], entry["video"]) == (anna.id, listings.id, running)
        assert (entry["position"], entry["effect"]) == ("2", "CAMERA_PUSH_OUT")
        assert float(entry["credits"]) == iacrea.account.cost
        assert entry["at"].endswith("Z")
    assert (await ask("export", "2001-01")).out.count("\n") == 1


async def test_the_export_tells_what_was_altered_and_where_it_is_told(
    bots: Bots,
    ask: Ask,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    photo = video.sequences[1].image
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    told = await outcome(slack, listings)

    [row] = csv.DictReader(io.StringIO((await ask("export")).out))

    assert (row["picture"], row["clip_before"], row["clip_after"]) == (photo, "", "")
    assert row["finished_video"] == video.final_url
    assert row["permalink"].startswith(
        f"https://simulated.slack.com/archives/{listings.id}/p{told.ts.replace('.', '')}?thread_ts="
    )


async def test_what_is_no_month_is_refused(ask: Ask) -> None:
    code, _, err = await ask("export", "November")
    assert (code, err) == (1, "regen-bot: 'November' is no month; write one as 2026-11, or all\n")


async def test_without_redis_it_is_a_plain_sentence(ask: Ask) -> None:
    code, out, err = await ask("list", REDIS_URL=f"redis://127.0.0.1:{free_port()}")

    assert (code, out) == (1, "")
    assert "Redis does not answer" in err
    assert "regen-bot doctor" in err


async def test_the_embedded_valkey_of_a_running_bot_is_looked_into(
    bots: Bots,
    ask: Ask,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    iacrea.account.timings = SLOW
    video = iacrea.account.add_video(sequences=3)
    await bots.start(environ={"REDIS_URL": ""})
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)

    assert video.id in (await ask("list", REDIS_URL="")).out
    assert bots.running[0].returncode is None


async def test_a_wrong_configuration_ends_it_with_2(ask: Ask) -> None:
    code, _, err = await ask("list", IACREA_API_KEY="")
    assert code == 2
    assert err.startswith("IACREA_API_KEY: is missing")


async def test_what_is_followed_is_listed_shown_and_ended(
    bots: Bots,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    ask: Ask,
) -> None:
    video = endless(iacrea)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen watch {video.id}")
    await slack.until(lambda _: "Animating" in text(slack, listings))

    _, listed, _ = await ask("list")
    name, *rest = listed.splitlines()[-1].split()
    assert rest == ["following", anna.id, listings.id, video.id]
    _, shown, _ = await ask("show", name)
    assert json.loads(shown)["message"] == cards(slack, listings)[0].ts
    assert "hooks" not in shown
    code, _, _ = await ask("cancel", name)
    assert code == 0
    await slack.until(lambda _: "has ended it" in text(slack, listings))
    code, _, err = await ask("cancel", name)
    assert code == 1
    assert "has ended already" in err
