"""The campaign's judge of refusals: right while those whom they blame are away, and only then."""

import asyncio
import time

import pytest

from bot.slack.blocks.catalogue import Catalogue
from tests.chaos.outages import GRACE, Outages
from tests.chaos.refusals import TOLD_LATER, Answer, Outage, Party, blamed, wrongly_refused

SAY = Catalogue().words("en")
UNAVAILABLE = "problem-iacrea-unavailable"
NOT_WRITTEN = SAY("not-written-down")


def wrong(text: str, at: float, *outages: Outage) -> list[str]:
    return list(wrongly_refused([Answer("#one", at, text)], outages))


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (NOT_WRITTEN, {Party.REDIS}),
        (SAY("slack-in-trouble"), {Party.SLACK}),
        (SAY("problem-not-allowed-unknown"), {Party.SLACK}),
        (SAY("too-slow"), {Party.SLACK, Party.REDIS}),
        (SAY("nothing-started", why=SAY(UNAVAILABLE)), {Party.IACREA}),
        (SAY("nothing-started", why=SAY(f"{UNAVAILABLE}-status", status="500")), {Party.IACREA}),
        (SAY("sorry"), set()),
        (SAY("busy"), set()),
        (SAY("nothing-started", why="In words of tomorrow."), set(Party)),
        (SAY("ask-go-ahead"), None),
        (SAY("nothing-started", why=SAY("problem-cannot-post-archived")), None),
        (SAY("problem-already-running"), None),
        (SAY("problem-no-last-video"), None),
    ],
)
def test_each_refusal_of_the_catalogue_blames_somebody(
    text: str, parties: set[Party] | None
) -> None:
    assert blamed(text) == parties


@pytest.mark.parametrize(
    ("at", "outage", "right"),
    [
        (99.0, Outage(Party.REDIS, 100.0, 102.0), False),
        (101.0, Outage(Party.REDIS, 100.0, 102.0), True),
        (103.0, Outage(Party.REDIS, 100.0, 102.0), False),
        (101.0, Outage(Party.SLACK, 100.0, 102.0), False),
        (101.0, Outage(Party.IACREA, 100.0, 102.0), False),
    ],
)
def test_a_refusal_is_right_while_the_one_it_blames_is_away(
    at: float, outage: Outage, right: bool
) -> None:
    assert (wrong(NOT_WRITTEN, at, outage) == []) is right


def test_what_slack_held_up_is_judged_by_when_it_arose() -> None:
    redis, slack = Outage(Party.REDIS, 100.0, 102.0), Outage(Party.SLACK, 100.0, 110.0)
    assert wrong(NOT_WRITTEN, 111.0, redis) != []
    assert wrong(NOT_WRITTEN, 111.0, redis, slack) == []
    assert wrong(NOT_WRITTEN, 103.0 + TOLD_LATER, redis, slack) != []


def test_what_nobody_can_be_blamed_for_is_never_right() -> None:
    outages = [Outage(each, 100.0, 102.0) for each in Party]
    assert wrong(SAY("sorry"), 101.0, *outages) != []
    assert wrong(SAY("busy"), 101.0, *outages) != []


def test_a_refusal_is_told_with_who_was_well_and_its_words() -> None:
    [said] = wrong(NOT_WRITTEN, 101.0)
    assert said == f"#one: refused for Redis, who was well, at 101.00: {NOT_WRITTEN}"


async def test_outages_are_taken_down_with_the_grace_that_belongs_to_them() -> None:
    outages, faults = Outages(), [1]
    watching = asyncio.create_task(outages.watch())
    began = time.time()
    with outages.lasting(Party.REDIS):
        [lasting] = outages.all()
        assert (lasting.of, lasting.until) == (Party.REDIS, float("inf"))
    outages.armed(Party.IACREA, lambda: not faults)
    await asyncio.sleep(0.2)
    assert [each.until for each in outages.all()][1:] == [float("inf")]
    faults.clear()
    await asyncio.sleep(0.2)
    watching.cancel()

    lengths = [(each.of, each.until - began) for each in outages.all()]
    assert lengths == [
        (Party.REDIS, pytest.approx(GRACE[Party.REDIS], abs=0.1)),
        (Party.IACREA, pytest.approx(GRACE[Party.IACREA] + 0.25, abs=0.2)),
    ]


async def test_where_this_machine_stands_still_everybody_is_away() -> None:
    outages = Outages()
    watching = asyncio.create_task(outages.watch())
    await asyncio.sleep(0.1)
    assert outages.all() == []
    time.sleep(0.5)  # noqa: ASYNC251 - the loop is to stand still
    await asyncio.sleep(0.1)
    watching.cancel()
    assert {each.of for each in outages.all()} == set(Party)
