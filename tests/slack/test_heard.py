"""Which events are something that a person says to the bot, and whose they are."""

from typing import Any

import pytest

from bot.slack.mention.events import NOBODYS, heard

SAID: dict[str, Any] = {
    "type": "app_mention",
    "client_msg_id": "1",
    "text": "<@U1> 2",
    "user": "U2",
    "ts": "1700000000.000100",
    "team": "T1",
    "channel": "C1",
    "event_ts": "1700000000.000100",
}


def event(**changes: Any) -> dict[str, Any]:
    return {"event_id": "Ev1", "team_id": "T1", "event": SAID | changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"edited": {"user": "U2", "ts": "1700000001.000000"}},
        {"bot_id": "B2"},
        {"bot_profile": {"id": "B2"}},
        {"user": "U1"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"subtype": "message_changed", "hidden": True, "message": SAID},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "bot_message"},
        {"subtype": "file_share"},
        {"subtype": "thread_broadcast"},
        {"subtype": "channel_join"},
    ],
    ids=str,
)
def test_what_nobody_says_for_the_first_time_is_passed_over(changes: dict[str, Any]) -> None:
    assert heard(event(**changes), "U1", 0.0, direct=False) is None


@pytest.mark.parametrize(
    ("changes", "team"),
    [
        ({}, "T1"),
        ({"user_team": "T2", "source_team": "T2"}, "T2"),
        ({"user_team": "T2", "team": "T1"}, "T2"),
        ({"team": None}, NOBODYS),
        ({"team": ""}, NOBODYS),
    ],
)
def test_its_author_is_of_the_workspace_that_the_event_names_for_them(
    changes: dict[str, Any], team: str
) -> None:
    said = heard(event(**changes), "U1", 5.0, direct=False)

    assert said is not None
    assert said.origin.teams == (team,)
    assert (said.origin.user, said.origin.channel, said.origin.at) == ("U2", "C1", 5.0)


def test_in_a_thread_it_is_answered_there() -> None:
    said = heard(event(thread_ts="1700000000.000001"), "U1", 0.0, direct=False)

    assert said is not None
    assert said.origin.thread == said.origin.open_thread == "1700000000.000001"
    assert said.origin.response_url is None


@pytest.mark.parametrize("kind", ["rich_text_quote", "rich_text_list"])
def test_a_quotation_or_a_list_in_it_is_seen_in_its_blocks(kind: str) -> None:
    blocks = [{"type": "rich_text", "elements": [{"type": kind, "elements": []}]}]
    said = heard(event(blocks=blocks), "U1", 0.0, direct=False)

    assert said is not None
    assert said.set_apart
