"""What is kept of people, channels and requests is bounded in bytes, whatever is said of them."""

import tracemalloc
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.progress import Progress, Stage
from bot.domain.request import ChannelId, RequestId, UserId
from bot.slack.answering.conversations import SCOPES, Conversations
from bot.slack.answering.people import SCOPE, People
from bot.slack.telling.progress import ProgressNotes
from tests.domain.makers import State, a_generation, a_request

MOST_MIB = 24
LONG = 20_000


class Talkative:
    """A Slack whose every answer is long."""

    async def ask(self, method: str, **_: Any) -> dict[str, Any]:
        if method == "conversations.info":
            return {"channel": {"is_ext_shared": False}}
        long = "x" * LONG
        return {"user": {"locale": long, "team_id": long, "profile": {"display_name": long}}}


async def people() -> object:
    kept = People(Talkative(), frozenset({SCOPE}))  # type: ignore[arg-type]
    for number in range(3_000):
        await kept.look_up(UserId(f"U{number}"))
    return kept


async def conversations() -> object:
    kept = Conversations(Talkative(), SCOPES)  # type: ignore[arg-type]
    for number in range(3_000):
        await kept.shared(ChannelId(f"C{number}".ljust(LONG, "x")))
    return kept


async def progress() -> object:
    kept = ProgressNotes()
    for number in range(3_000):
        generations = a_generation(2, url="x" * LONG)
        request = replace(a_request(State.PENDING, generations), id=RequestId(f"request-{number}"))
        kept.note(request, Progress(Stage.UNKNOWN, status="x" * (LONG + number % 7)))
    return kept


@pytest.mark.parametrize("keep", [people, conversations, progress])
async def test_it_is_bounded_in_bytes(keep):
    tracemalloc.start()
    try:
        kept = await keep()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept
    assert held < MOST_MIB * 2**20
