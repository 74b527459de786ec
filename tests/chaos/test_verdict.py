"""The campaign's judge: a run that kept the promise is acquitted, each way to break it is seen."""

import dataclasses
from typing import Any

import pytest

from sandbox.iacrea import Call
from sandbox.slack import Message
from sandbox.slack.records import Version
from tests.chaos.verdict import Polled, Seen, judge, settled

INTERVAL = 0.2
NO_POLLS: list[Polled] = []


def said(
    part: str, request: str = "r1", *, ts: str, thread: str | None = None, text: str = ""
) -> Message:
    blocks = ({"type": "section", "text": {"type": "mrkdwn", "text": text}},)
    metadata = {"event_payload": {"request": request, "part": part}}
    return Message("C1", ts, "U1", (Version(text, blocks, 0.0),), thread, metadata)


def post(status: int | None = 200) -> Call:
    return Call(1.0, "POST", "/sequence/v", {"sequenceId": "s"}, status, effective=status == 200)


ANNOUNCED = said("announcement", ts="1.0", text="▰▱ Animating")
CLOSED = said("announcement", ts="1.0", text="Done")
TOLD = said("outcome", ts="2.0", thread="1.0")
KEPT = Seen("ask", 1, acknowledged=True, messages=(CLOSED, TOLD), private=0, posts=(post(),))


def violations(seen: Seen) -> list[str]:
    return judge([seen], NO_POLLS, INTERVAL).violations


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"messages": (ANNOUNCED, TOLD)},
        {"messages": (CLOSED,)},
        {"messages": (), "deleted": (ANNOUNCED,), "direct": (said("", ts="3.0", text="/p10"),)},
        {"messages": (TOLD,), "deleted": (ANNOUNCED,)},
        {"messages": (), "posts": (), "private": 1},
        {"posts": (post(429), post(429), post())},
        {"posts": (post(None),)},
        {"acknowledged": False, "messages": (), "posts": (), "sent": 1},
    ],
)
def test_what_kept_the_promise_is_acquitted_and_settled(kept: dict[str, Any]) -> None:
    seen = dataclasses.replace(KEPT, **kept)
    assert violations(seen) == []
    assert settled(seen)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"messages": (), "posts": ()}, "nobody was told anything"),
        ({"messages": (ANNOUNCED,)}, "did not end"),
        ({"posts": (post(), post())}, "sent 2 times for 1 requests"),
        ({"posts": (post(500), post())}, "sent 2 times for 1 requests"),
        ({"posts": (post(None), post())}, "sent 2 times for 1 requests"),
        ({"messages": (CLOSED, said("outcome", ts="2.0", thread="9.0"))}, "not in its thread"),
        ({"messages": (CLOSED, TOLD, said("outcome", ts="3.0", thread="1.0"))}, "told twice"),
        ({"messages": (CLOSED, said("announcement", ts="1.5"), TOLD)}, "announced twice"),
        ({"messages": (), "deleted": (ANNOUNCED,)}, "did not end"),
        ({"messages": (said("outcome", ts="2.0"),), "deleted": (ANNOUNCED,)}, "not in its thread"),
        (
            {"messages": (said("announcement", ts="1.0", text="Not watched any more"), TOLD)},
            "stopped",
        ),
        (
            {"messages": (CLOSED, TOLD, said("announcement", "r2", ts="4.0"))},
            "2 requests of 1 gestures",
        ),
        ({"messages": (), "private": 1}, "sent 1 times for 0 requests"),
    ],
)
def test_each_way_to_break_it_is_seen(broken: dict[str, Any], words: str) -> None:
    [said] = violations(dataclasses.replace(KEPT, **broken))
    assert words in said


def test_where_the_bot_cannot_look_a_second_announcement_is_counted_and_no_violation() -> None:
    twice = (ANNOUNCED, said("announcement", ts="1.5", text="Done"), TOLD)
    seen = dataclasses.replace(KEPT, messages=twice, may_look=False)
    verdict = judge([seen], NO_POLLS, INTERVAL)
    assert (verdict.violations, verdict.repeated) == ([], 1)


def test_where_the_bot_cannot_look_a_stray_outcome_of_a_deleted_thread_is_no_violation() -> None:
    stray = (said("outcome", ts="2.0"),)
    seen = dataclasses.replace(KEPT, messages=stray, deleted=(ANNOUNCED,), may_look=False)
    assert violations(seen) == []
    assert violations(dataclasses.replace(seen, deleted=(), messages=(CLOSED, *stray))) != []


def test_what_is_under_way_has_not_settled() -> None:
    assert not settled(dataclasses.replace(KEPT, messages=(ANNOUNCED,)))
    assert not settled(dataclasses.replace(KEPT, messages=(), private=0))


@pytest.mark.parametrize(
    ("at", "over", "words"),
    [
        ([0.2 * each for each in range(50)], 99.0, None),
        ([0.1 * each for each in range(100)], 99.0, "polls where"),
        ([0.0, 0.2, 0.4, 5.0], 1.0, "1 polls after the end"),
        ([], 0.0, None),
    ],
)
def test_polls_keep_their_cadence_and_end_with_the_last_request(
    at: list[float], over: float, words: str | None
) -> None:
    found = judge([], [Polled("v", tuple(at), 1, over)], INTERVAL).violations
    assert [words in each for each in found] == ([True] if words else [])
