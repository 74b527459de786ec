"""Every kind of block that the demo's channel shows as lines of text, and the files."""

from datetime import UTC
from typing import Any

from bot.demo import view
from bot.demo.styled import paint
from bot.simulator.slack import File, Message
from bot.simulator.slack.records import Version

READER = view.Reader({"U1": "@anna"}, {"U9": "Regen"}, width=80, zone=UTC)
AT = 1795490428.0  # 2026-11-24 03:20:28 UTC
FIRST, MARGIN = "03:20 Regen  ", " " * 13
FILM = File("F1", "film.mp4", "Lilac house", "video/mp4", 3, "", b"")


def shown(*blocks: dict[str, Any], text: str = "", **fields: Any) -> list[str]:
    message = Message("C1", f"{AT:.6f}", "U9", (Version(text, blocks, AT),), **fields)
    return [paint(line, colour=False) for line in view.posted(message, READER)]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def picture(name: str) -> dict[str, Any]:
    return {"type": "image", "image_url": f"https://a.example/{name}", "alt_text": "the hall"}


def test_a_carousel_is_a_line_for_each_card():
    card = {
        "type": "card",
        "title": {"type": "mrkdwn", "text": "After"},
        "subtitle": {"type": "mrkdwn", "text": "push out"},
        "hero_image": picture("b.png"),
    }
    button = {"type": "button", "text": plain("Again")}
    assert shown({"type": "carousel", "elements": [card, {**card, "actions": [button]}]}) == [
        FIRST + "▭  After · push out  🖼 b.png",
        MARGIN + "▭  After · push out  🖼 b.png  [ Again ]",
    ]


def test_a_card_may_stand_alone_and_say_four_things():
    texts = {name: plain(name) for name in ("subtext", "body", "title", "subtitle")}
    assert shown({"type": "card", **texts}) == [FIRST + "▭  title · subtitle · body · subtext"]


def test_headers_and_rules_are_shown():
    assert shown({"type": "header", "text": plain("*Board*")}, {"type": "divider"}) == [
        FIRST + "*Board*",
        "",
    ]


def test_a_picture_is_named_and_one_without_an_address_is_not():
    stored = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "stored"}
    assert shown(picture("b.png"), stored) == [
        FIRST + "🖼 b.png  the hall",
        MARGIN + "(image)  stored",
    ]


def test_a_section_may_have_fields_and_no_text():
    fields = [{"type": "mrkdwn", "text": "*Credits*"}, plain("3")]
    assert shown({"type": "section", "fields": fields}) == [FIRST + "Credits", MARGIN + "3"]


def test_menus_need_no_placeholder_and_the_unknown_is_named():
    menus = [{"type": "external_select"}, {"type": "datepicker"}]
    assert shown({"type": "actions", "elements": menus}, {"type": "plan"}) == [
        FIRST + "( … ▾ )  (datepicker)",
        MARGIN + "(plan)",
    ]


def test_a_file_is_shown_by_its_title_below_what_is_said_with_it():
    assert shown(text="there", files=(FILM,)) == [FIRST + "there", MARGIN + "📎 Lilac house"]
    assert shown(files=(FILM,)) == [FIRST + "📎 Lilac house"]
    assert shown() == ["03:20 Regen"]
