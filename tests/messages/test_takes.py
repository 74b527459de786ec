"""Earlier takes, whatever IACrea and people wrote into them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ledger import Entry
from bot.domain.request import GenerationState
from bot.domain.take import Take
from bot.slack.blocks import take_buttons
from bot.slack.takes.messages import TakesOfSequence, earlier_takes
from sandbox.slack.block_kit import message_faults
from sandbox.slack.message_limits import blocks_too_long
from tests.domain import strategies as some
from tests.messages.test_storyboard import EN, FR, a_board, storyboards

ENTRY = Entry("r1", "U1", "C1", "v1", "s1", 2, 1.7e9, GenerationState.DONE, "CAMERA_PUSH_IN", 2.0)
LONG = "https://e.com/".ljust(3000, "x")

takes = st.builds(
    Take,
    entry=st.builds(
        Entry,
        request=some.ids,
        by=st.just("") | some.slack_ids,
        channel=st.just("") | some.slack_ids,
        video=some.ids,
        sequence=some.ids,
        position=some.positions,
        at=some.moments,
        outcome=st.sampled_from(["done", "failed", "not started", "expired", "stopped"]).map(
            GenerationState
        ),
        effect=some.maybe(some.words | st.sampled_from(["CAMERA_PUSH_OUT", "&" * 100])),
        credits=some.maybe(some.amounts),
    ),
    image=some.maybe(some.images),
    before=some.maybe(some.links),
    after=some.maybe(some.links | st.just(LONG)),
    film=some.maybe(some.links | st.just(LONG)),
    file=some.maybe(st.just("https://acme.slack.com/files/U1/F1/v.mp4")),
    message=some.maybe(some.timestamps),
    thread=some.maybe(some.timestamps),
)
takes_of_sequences = storyboards.flatmap(
    lambda board: st.builds(
        TakesOfSequence,
        board=st.just(board),
        position=st.just(1),
        sequence=st.just(board.sequences[0]),
        takes=st.lists(takes, max_size=12).map(tuple),
        thread=some.maybe(some.timestamps),
        at=some.moments,
    )
)


def cards(*made: Take, cost: float | None = None) -> list[dict[str, Any]]:
    board = a_board(3) if cost is None else a_board(3, cost=cost)
    shown = TakesOfSequence(board, 2, board.sequences[1], made, None, 1.8e9)
    blocks = earlier_takes(shown, EN).fields()["blocks"]
    return [card for block in blocks if block["type"] == "carousel" for card in block["elements"]]


@pytest.mark.parametrize("texts", [EN, FR], ids=["en", "fr"])
@settings(max_examples=some.FEW)
@given(shown=takes_of_sequences)
def test_slack_takes_them_in_every_shape(texts, shown):
    for message in (earlier_takes(shown, texts), *earlier_takes(shown, texts).plainer()):
        fields = message.fields()
        blocks = json.loads(json.dumps(fields.get("blocks", [])))
        assert message_faults(blocks) == []
        assert not blocks_too_long(blocks)


def test_a_card_has_the_photo_the_effect_who_when_the_price_and_the_ways_to_what_was_made():
    take = Take(
        ENTRY,
        before="https://e.com/photo.jpg",
        after="https://e.com/clip",
        film="https://e.com/film.mp4",
        message="1700000090.000200",
        thread="1700000000.000100",
    )
    [card] = cards(take, cost=2.0)

    assert card["hero_image"]["image_url"] == "https://e.com/photo.jpg"
    assert card["title"]["text"] == "Take 1 · push in"
    assert card["subtitle"]["text"] == (
        "<@U1> · <!date^1700000000^{date_short_pretty} {time}|2023-11-14 22:13 UTC>"
    )
    assert card["body"]["text"] == (
        "✅ Ready · 2 credits used · <https://slack.com/archives/C1/p1700000090000200"
        "?thread_ts=1700000000.000100&amp;cid=C1|see there>"
    )
    again, clip, film = card["actions"]
    assert again["text"]["text"] == "Regenerate like this one · 2 credits"
    assert again["confirm"]["text"]["text"] == (
        "This regenerates sequence 2 of 3 with push in and this take's picture. It makes a new "
        "clip, not that one. It costs about 2 credits."
    )
    assert (clip["text"]["text"], clip["url"]) == ("Clip", "https://e.com/clip")
    assert (film["text"]["text"], film["url"]) == ("Whole video", "https://e.com/film.mp4")


def test_a_file_in_slack_is_led_to_instead_of_a_link_that_ends():
    file = "https://acme.slack.com/files/U1/F1/v.mp4"
    [card] = cards(Take(ENTRY, film="https://e.com/film.mp4", file=file))
    assert [each["url"] for each in card["actions"] if "url" in each] == [file]


def test_what_was_forgotten_of_who_and_where_is_not_told():
    gone = replace(ENTRY, by="", channel="", effect=None, credits=None)
    [card] = cards(Take(gone, message="1.2"))

    assert card["title"]["text"] == "Take 1"
    assert card["subtitle"]["text"].startswith("somebody · ")
    assert card["body"]["text"] == "✅ Ready"
    assert "hero_image" not in card


def test_no_more_than_the_ten_newest_are_cards():
    many = [Take(replace(ENTRY, request=f"r{number}")) for number in range(12)]
    shown = cards(*many)
    assert len(shown) == 10
    values = [json.loads(card["actions"][0]["value"]) for card in shown]
    assert [each["take"] for each in values] == [f"r{number}:s1" for number in range(10)]


@given(takes, some.moments, some.maybe(some.timestamps))
def test_what_the_button_carries_is_read_again(take, at, thread):
    carried = take_buttons.take_value(take, at, thread)
    assert take_buttons.carried_take(carried, EN.effects) == (take.name, at, thread)
