"""The demo's channel as lines of text: pure, so that every corner can be looked at."""

import dataclasses
import io
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import mrkdwn, view
from bot.demo.bot_process import SOURCES, environment
from bot.demo.errors import DemoError
from bot.demo.ledger import Ledger
from bot.demo.screen import Screen
from bot.demo.styled import Line, Span, Style, cells, paint, width, wrap
from bot.simulator.slack import Channel, Message, User, Workspace
from bot.simulator.slack.records import Content, Version
from bot.simulator.slack.workspace import Place

NAMES = {"U1": "@anna", "C1": "#listings"}
READER = view.Reader(NAMES, {"U1": "Anna", "U2": "Ben", "U9": "Regen"}, width=80, zone=UTC)
AT = 1795490428.0  # 2026-11-24 03:20:28 UTC
MARGIN = " " * 13

CARD = (
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "🎬 <@U1> is at it\nVideo `lilac`"},
        "accessory": {"type": "image", "image_url": "https://a.example/b/photo-2.jpg?x=1"},
    },
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "▰▱  Queued"}]},
)
BUTTONS = {
    "type": "actions",
    "elements": [
        {"type": "button", "text": {"type": "plain_text", "text": "Retry"}, "style": "primary"},
        {"type": "static_select", "placeholder": {"type": "plain_text", "text": "Another effect"}},
        {"type": "button", "text": {"type": "plain_text", "text": "Watch"}, "url": "https://a"},
    ],
}


def message(*blocks: dict[str, Any], text: str = "", **fields: Any) -> Message:
    return Message("C1", f"{AT:.6f}", "U9", (Version(text, blocks, AT),), **fields)


def plain(lines: list[Line]) -> list[str]:
    return [paint(line, colour=False) for line in lines]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*push out*.", [("push out", Style.BOLD), (".", Style.PLAIN)]),
        ("2*3*4", [("2*3*4", Style.PLAIN)]),
        ("2*3* 4", [("2*3* 4", Style.PLAIN)]),
        ("snake_case_name", [("snake_case_name", Style.PLAIN)]),
        ("snake_case_ name", [("snake_case_ name", Style.PLAIN)]),
        ("_so_ ~not~", [("so", Style.ITALIC), (" ", Style.PLAIN), ("not", Style.STRUCK)]),
        ("`*&lt;video&gt;*`", [("*<video>*", Style.CODE)]),
        ("*see `x`*", [("see ", Style.BOLD), ("x", Style.BOLD | Style.CODE)]),
        ("<@U1>", [("@anna", Style.MENTION)]),
        ("<@U1|somebody>", [("@anna", Style.MENTION)]),
        ("<@U7|ben>", [("@ben", Style.MENTION)]),
        ("<@U7>", [("@U7", Style.MENTION)]),
        ("<#C1>", [("#listings", Style.MENTION)]),
        ("<!channel>", [("@channel", Style.MENTION)]),
        ("<https://a.example|in its thread>", [("in its thread", Style.LINK)]),
        ("<https://a.example>", [("https://a.example", Style.LINK)]),
        (
            "&amp;lt; 1 < 2 > 1",
            [("&lt; 1 ", Style.PLAIN), (" 2 ", Style.LINK), (" 1", Style.PLAIN)],
        ),
    ],
)
def test_mrkdwn_becomes_styles(written: str, shown: list[tuple[str, Style]]):
    assert [
        [(span.text, span.style) for span in line] for line in mrkdwn.lines(written, NAMES)
    ] == [shown]


@given(st.text())
def test_whatever_a_message_says_can_be_shown(text: str):
    shown = mrkdwn.lines(text, NAMES)
    assert len(shown) == text.count("\n") + 1


def test_emoji_and_east_asian_letters_take_two_cells():
    assert [cells(text) for text in ("push", "🎬", "⚠️", "映像", "é", "e\u0301", "")] == [
        4,
        2,
        2,
        4,
        1,
        1,
        0,
    ]


def test_rows_break_at_spaces_and_never_inside_a_word_of_two_styles():
    line = (Span("with "), Span("push out", Style.BOLD), Span(". Done"))
    assert plain(wrap(line, 9)) == ["with push", "out. Done"]
    assert plain(wrap(line, 8)) == ["with", "push", "out.", "Done"]


def test_a_word_longer_than_the_row_stands_alone():
    assert plain(wrap((Span("a lilac-street-12 b"),), 5)) == ["a", "lilac-street-12", "b"]


@given(st.lists(st.text("ab 🎬", min_size=1), min_size=1), st.integers(4, 20))
def test_wrapping_loses_no_word_and_keeps_to_the_width(texts: list[str], most: int):
    line = tuple(Span(text) for text in texts)
    rows = wrap(line, most)
    assert " ".join(plain(rows)).split() == "".join(texts).split()
    assert all(width(row) <= most or " " not in plain([row])[0] for row in rows)


def test_colours_are_written_only_where_they_are_wanted():
    line = (Span("push", Style.BOLD), Span(" out", Style.BOLD), Span("."), Span("", Style.DIM))
    assert paint(line, colour=True) == "\x1b[1mpush out\x1b[0m."
    assert paint(line, colour=False) == "push out."


def test_a_message_has_its_time_its_author_and_its_blocks():
    assert plain(view.posted(message(*CARD, BUTTONS), READER)) == [
        "03:20 Regen  🎬 @anna is at it",
        MARGIN + "Video lilac  🖼 photo-2.jpg",
        MARGIN + "▰▱  Queued",
        MARGIN + "[ Retry ]  ( Another effect ▾ )  [ Watch ↗ ]",
    ]


def test_a_reply_hangs_in_its_thread():
    reply = message(*CARD, thread_ts="1.000000")
    assert plain(view.posted(reply, READER)) == [
        "03:20 Regen  ↳ 🎬 @anna is at it",
        MARGIN + "  Video lilac  🖼 photo-2.jpg",
        MARGIN + "  ▰▱  Queued",
    ]


def test_a_private_answer_says_who_sees_it():
    private = message(text="I know no effect `x`.", visible_to="U2")
    assert plain(view.posted(private, READER)) == [
        "03:20 Regen  only Ben sees this",
        MARGIN + "I know no effect x.",
    ]


def test_no_row_ends_inside_a_button():
    narrow = dataclasses.replace(READER, width=40)
    assert plain(view.tail(message(BUTTONS), narrow)) == [
        MARGIN + "[ Retry ]",
        MARGIN + "( Another effect ▾ )",
        MARGIN + "[ Watch ↗ ]",
    ]


def test_an_edit_is_what_changes_from_the_small_print_on():
    assert plain(view.tail(message(*CARD), READER)) == [MARGIN + "▰▱  Queued"]
    assert plain(view.edited(message(*CARD), READER)) == [MARGIN + "✎ ▰▱  Queued"]
    with_buttons = message(*CARD, BUTTONS)
    assert len(view.tail(with_buttons, READER)) == 2
    assert plain(view.edited(with_buttons, READER)) == [MARGIN + "✎ ▰▱  Queued"]


def test_what_people_do_stands_beside_their_names():
    twice = view.typed(AT, "U1", "/regen lilac 2", READER, note="delivered twice")
    assert plain(twice) == ["03:20 Anna   /regen lilac 2  (delivered twice)"]
    assert plain(view.pressed(AT, "U2", "Retry", READER)) == ["03:20 Ben    presses [ Retry ]"]


@given(st.integers(40, 100))
def test_no_row_is_wider_than_the_terminal(columns: int):
    reader = dataclasses.replace(READER, width=columns)
    long = message({"type": "section", "text": {"text": "word " * 50}}, BUTTONS, thread_ts="1.0")
    lines = [
        *view.posted(long, reader),
        *view.narrated("word " * 50, reader),
        *view.titled("regen-bot demo", "word " * 50, reader),
        view.heading("#listings", reader),
    ]
    assert [line for line in plain(lines) if cells(line) > columns] == []


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def workspace() -> tuple[Workspace, Channel, User]:
    made = Workspace("Regen", lambda: AT)
    return made, made.add_channel("listings"), made.add_user("anna")


def played(out: io.StringIO) -> list[str]:
    """A message edited twice with nothing below it, then once more after a reply."""
    slack, channel, _ = workspace()
    Screen(out, slack)
    bot = Place(slack.bot.id)

    def content(words: str) -> Content:
        bar = {"type": "context", "elements": [{"type": "mrkdwn", "text": words}]}
        return Content("card", (CARD[0], bar))

    card = slack.post(channel, content("one"), bot)
    card = slack.edit(card, content("two"))
    card = slack.edit(card, content("two"))
    slack.post(channel, Content("ready"), dataclasses.replace(bot, thread_ts=card.ts))
    slack.edit(card, content("three"))
    return [line.strip() for line in out.getvalue().split("\n")]


def test_edits_follow_each_other_where_nothing_can_be_redrawn():
    assert played(io.StringIO())[2:] == ["one", "two", "03:20 Regen  ↳ ready", "✎ three", ""]


def test_a_terminal_redraws_what_stands_last(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert played(Terminal())[2:4] == ["one", "\x1b[1A\x1b[J" + MARGIN + "two"]


@pytest.mark.parametrize(
    ("no_colour", "term", "coloured"),
    [("", "xterm", True), ("1", "xterm", False), ("", "dumb", False)],
)
def test_colours_are_for_terminals_whose_owner_wants_them(
    no_colour: str, term: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setenv("TERM", term)
    out = Terminal()
    Screen(out, workspace()[0]).show([(Span("x", Style.BOLD),)])
    assert ("\x1b[1m" in out.getvalue()) is coloured


KEPT = Ledger(
    requests=3,
    deliveries=4,
    announced=2,
    refused=1,
    posts=2,
    cost=3,
    before=50,
    after=44,
    told=(1, 1),
)


def test_a_ledger_that_adds_up_shows_its_numbers():
    KEPT.check()
    assert plain(KEPT.lines())[3] == "  credits      50 → 44  6 used"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"requests": 4}, "each request is started or answered"),
        ({"posts": 3, "after": 41}, "each that was started is sent once"),
        ({"after": 41}, "each is paid once"),
        ({"told": (1,)}, "each is told"),
        ({"told": (1, 2)}, "each is told once"),
    ],
)
def test_a_ledger_that_does_not_add_up_says_what_is_not_true(wrong: dict[str, Any], said: str):
    with pytest.raises(DemoError, match=f"it is not true that {said}: "):
        dataclasses.replace(KEPT, **wrong).check()


def test_nothing_of_the_users_own_configuration_reaches_the_bot():
    inherited = {
        "PATH": "/bin",
        "PYTHONPATH": "/theirs",
        "SLACK_BOT_TOKEN": "xoxb-theirs",
        "REDIS_URL": "redis://theirs",
        "https_proxy": "http://theirs",
        "LOG_LEVEL": "DEBUG",
    }
    assert environment(inherited, {"SLACK_BOT_TOKEN": "xoxb-ours"}) == {
        "PATH": "/bin",
        "PYTHONPATH": f"{SOURCES}:/theirs",
        "SLACK_BOT_TOKEN": "xoxb-ours",
    }
