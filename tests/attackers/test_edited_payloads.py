"""Payloads that no Slack client would send: whoever edits one gains nothing and breaks nothing."""

import contextlib
import copy
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Delivery, SlackError, SlackSimulator, User
from tests.conversation.conftest import Start, outcome, private
from tests.depth import IN_CI

VALUES = [
    "",
    "null",
    "[]",
    "{}",
    '"x"',
    "{" * 5000,
    "[" * 100_000,
    '{"v":1}',
    '{"v":99,"video":"video-0001","ids":["x"]}',
    '{"v":1,"video":"video-0001","positions":[-1]}',
    '{"v":1,"video":"video-0001","positions":[99999999999999999999]}',
    '{"v":1,"video":"video-0001","positions":"2"}',
    '{"v":1,"video":{"a":1},"ids":[{"b":2}]}',
    '{"v":1,"video":"../../etc/passwd","ids":["x"]}',
    '{"v":1,"video":"video-0001","ids":["x"],"effect":"<!channel>"}',
    '{"v":1,"video":"video-0001","ids":["x"],"image":"https://169.254.169.254/"}',
    '{"v":1,"video":"video-0001","positions":[1],"agreed":["rendering"],"over":"x","watch":"yes"}',
    "\x00\u202e`<@U1>`",
]
JUNK: list[Any] = [None, 0, -1, 10**30, "", "x" * 5000, [], {}, [[[]]], {"a": {"b": []}}, True]


def unexpected(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.exc_info]


async def delivered(slack: SlackSimulator, original: Delivery, payload: dict[str, Any]) -> Delivery:
    """A payload that Slack signs, or sends over its socket, as if somebody had made it so."""
    edited = replace(original.sent, body=payload)
    return await slack._dispatcher.deliver(edited)


async def test_a_buttons_value_is_read_as_if_an_enemy_had_written_it(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    async with with_settings():
        await slack.command(anna, listings, f"/regen {video.id} 2")
        pressed = await slack.click(anna, await outcome(slack, listings), "regenerate_again")
        await outcome(slack, listings, 2)
        for number, value in enumerate(VALUES):
            payload = copy.deepcopy(pressed.payload)
            payload["actions"][0] |= {"value": value, "action_ts": f"{time.time():.0f}.{number:06}"}
            assert (await delivered(slack, pressed, payload)).ok
        answered = len(VALUES)
        await slack.until(lambda w: len(w.ephemerals(anna, listings)) == answered)
    assert iacrea.posts == 2
    assert unexpected(caplog) == []


async def test_somebody_elses_button_is_pressed_in_ones_own_name(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> None:
    """The value says what; who and where are Slack's word, and are checked when it is pressed."""
    video = iacrea.account.add_video(sequences=3)
    async with with_settings(ALLOWED_USERS=anna.id):
        await slack.command(anna, listings, f"/regen {video.id} 1,2")
        await private(slack, anna, listings)
        [question] = slack.workspace.ephemerals(anna, listings)
        asked = await slack.click(anna, question, "go_ahead")
        await iacrea.until(lambda it: it.posts == 2)
        payload = copy.deepcopy(asked.payload)
        payload["user"]["id"] = ben.id
        payload["actions"][0]["action_ts"] = f"{time.time():.0f}.000001"
        await delivered(slack, asked, payload)
        # Whoever has the payload has its response_url, so that is where the answer goes.
        await slack.until(lambda w: "may not spend credits" in w.transcript())
    assert iacrea.posts == 2


def mutated(payload: Any, chance: random.Random) -> Any:
    """The payload with one thing in it gone, doubled, or of another kind."""
    places = list(_places(payload))
    container, key = chance.choice(places)
    match chance.randrange(3):
        case 0:
            del container[key]
        case _:
            container[key] = chance.choice(JUNK)
    return payload


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in it that can be changed, the kind of payload left alone."""
    keys: Any = range(len(node)) if isinstance(node, list) else list(node)
    for key in keys:
        if key not in {"type", "command"}:
            yield node, key
        if isinstance(node[key], dict | list):
            yield from _places(node[key])


async def test_whatever_a_payload_lacks_or_holds_the_bot_goes_on_and_spends_nothing(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    async with with_settings(ALLOWED_USERS="U0NOBODY"):  # whatever is accepted is a hole
        command = await slack.command(anna, listings, f"/regen {video.id} 2")
        await slack.command(anna, listings, f"/regen {video.id}")
        await slack.until(lambda w: w.ephemerals(anna, listings)[1:])
        board = next(m for m in slack.workspace.ephemerals(anna, listings) if len(m.blocks) > 1)
        pressed = await slack.click(anna, board, "regenerate_again", "sequence-1")
        chance = random.Random(20261125)  # noqa: S311 - the same each time
        for original in [command, pressed] * (60 if IN_CI else 15):
            with contextlib.suppress(TypeError, KeyError, AttributeError, SlackError):
                # The simulator itself reads some of it back, to show the answer.
                await delivered(slack, original, mutated(copy.deepcopy(original.payload), chance))
        assert (await slack.command(anna, listings, "/regen help")).ok
    assert iacrea.posts == 0
