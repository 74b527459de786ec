"""The storyboard, for one person and for a channel, whatever IACrea says in it."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.effects import Effects
from bot.domain.errors import StaleButton
from bot.domain.estimate import Estimate
from bot.domain.request import MessageTs, Selection
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, SequenceId, Video, VideoId
from bot.slack.blocks import buttons
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.message import Message
from bot.slack.blocks.texts import Texts
from bot.slack.storyboard.messages import PAGE, PageRef, page_ref, private, shared, whole
from sandbox.slack.block_kit import message_faults
from tests.domain import strategies as some
from tests.texts import marked_up

EFFECTS = Effects.with_extra()
EN, FR = (Texts(Catalogue().words(each), EFFECTS) for each in ("en", "fr"))
VIDEO = VideoId("lilac-street-12")
THREAD = MessageTs("1700000000.000100")

hostile = some.words.map(lambda text: text[:100])
sequences = st.builds(
    Sequence,
    id=st.sampled_from(["", "kitchen", "x" * 200, "ä" * 200]),
    status=hostile | st.sampled_from(["pending", "success", "error"]),
    effect=some.maybe(hostile | st.sampled_from(["CAMERA_PUSH_OUT", "&" * 100, "<" * 100])),
    url=some.maybe(some.links),
    category=some.maybe(some.rooms),
    text=some.maybe(hostile | st.just("&" * 300)),
    called=some.maybe(some.rooms),
)
videos = st.builds(
    Video,
    id=some.ids,
    status=hostile | st.sampled_from(["PENDING", "GENERATING_VIDEO", "RENDERING_VIDEO", "DONE"]),
    sequences=st.lists(sequences, min_size=1, max_size=25).map(tuple),
    progress=some.maybe(st.floats(0, 1)),
    url=some.maybe(some.links),
    credits_left=some.maybe(some.amounts),
    automatic=st.booleans(),
)
storyboards = st.builds(
    Storyboard,
    video=videos,
    name=some.maybe(hostile),
    estimate=st.builds(Estimate, cost=some.maybe(some.amounts), left=some.maybe(some.amounts)),
)


def a_board(count: int = 3, *, failed: int = 0, **estimate: float) -> Storyboard:
    made = [
        Sequence(
            SequenceId(f"sequence-{n}"),
            "error" if n <= failed else "success",
            "CAMERA_PUSH_OUT",
            f"https://e.com/{n}.jpg",
        )
        for n in range(1, count + 1)
    ]
    return Storyboard(Video(VIDEO, "DONE", tuple(made)), estimate=Estimate(**estimate))


def cards(message: Message) -> list[dict[str, Any]]:
    return [
        card
        for block in message.fields()["blocks"]
        if block["type"] == "carousel"
        for card in block["elements"]
    ]


def pressable(message: Message) -> dict[str, str]:
    """What can be pressed outside of the cards, and what stands on it."""
    return {
        element["action_id"]: element["text"]["text"]
        for block in message.fields()["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    }


def small_print(message: Message) -> str:
    return str(message.fields()["blocks"][1]["elements"][0]["text"])


@settings(max_examples=some.FEW)
@given(storyboards, st.integers(0, 4), some.maybe(some.timestamps), st.sampled_from([EN, FR]))
def test_every_storyboard_can_be_sent_also_without_carousels(board, page, thread, texts):
    for message in (private(board, PageRef(VIDEO, page, thread), texts), shared(board, texts)):
        assert 0 < len(message.text) <= 4000
        *simpler, _ = message.plainer()
        for attempt in (message, *simpler):
            blocks = json.loads(json.dumps(attempt.fields()["blocks"]))
            assert message_faults(blocks) == []
            assert not any("<" in text or ">" in text for text in marked_up(blocks))


def test_of_an_automatic_video_there_is_nothing_to_regenerate_and_a_sentence_says_so():
    board = a_board(3, failed=1, cost=3.0)
    board = replace(board, video=replace(board.video, automatic=True))

    for message in (private(board, PageRef(VIDEO), EN), shared(board, EN), whole(board, EN)):
        assert "IACrea documents regenerating for the other videos only" in message.text
        assert "3 sequences" in message.text
        assert "credits to regenerate" not in message.text
        assert all("actions" not in card for card in cards(message))
        assert not {buttons.AGAIN, buttons.RETRY, buttons.CHANGE} & set(
            re.findall(r'"action_id": "(\w+)"', json.dumps(message.fields()))
        )


@settings(max_examples=some.FEW)
@given(storyboards.filter(lambda board: not board.video.automatic), st.integers(0, 4))
def test_what_a_card_carries_can_be_read_again_and_means_that_sequence(board, page):
    shown = cards(private(board, PageRef(VIDEO, page, THREAD), EN))

    for card in shown:
        position = int(card["block_id"].removeprefix("sequence-"))
        sequence = board.sequences[position - 1]
        again, change, takes = card["actions"]
        order, thread = buttons.carried(again["value"], EFFECTS)
        assert order.video == board.video.id
        assert order.selection == (
            Selection(ids=(sequence.id,)) if sequence.id else Selection((position,))
        )
        assert thread == THREAD
        assert change["value"] == takes["value"] == again["value"]


def test_a_card_shows_the_picture_the_position_the_effect_and_the_state():
    [card] = cards(private(a_board(1), PageRef(VIDEO), EN))

    assert card["hero_image"]["image_url"] == "https://e.com/1.jpg"
    assert card["hero_image"]["alt_text"] == "sequence 1 of 1"
    assert card["title"]["text"] == "1 · push out"
    assert card["subtitle"]["text"] == "Ready"
    assert [each["action_id"] for each in card["actions"]] == [
        "regenerate_again",
        "change",
        "earlier_takes",
    ]


def test_a_picture_that_slack_cannot_show_is_left_out():
    board = a_board(1)
    clip = replace(board.sequences[0], url="https://e.com/clip.mp4", effect=None)
    board = replace(board, video=replace(board.video, sequences=(clip,)))

    [card] = cards(private(board, PageRef(VIDEO), EN))

    assert "hero_image" not in card
    assert card["title"]["text"] == "Sequence 1"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("success", "Ready"),
        ("pending", "Being made…"),
        ("error", "Failed"),
        ("<paused>", "IACrea says &lt;paused&gt;"),
        ("", "IACrea does not show its state just now"),
    ],
)
def test_the_state_of_a_sequence_is_said_in_plain_words(status, words):
    video = Video(VIDEO, "DONE", (Sequence(SequenceId("kitchen"), status),))

    [card] = cards(private(Storyboard(video), PageRef(VIDEO), EN))

    assert card["subtitle"]["text"] == words


def test_what_it_costs_and_what_is_left_is_said():
    known = private(a_board(cost=3.0, left=47.0), PageRef(VIDEO), EN)
    unknown = private(a_board(), PageRef(VIDEO), EN)

    assert small_print(known) == "3 sequences · 3 credits to regenerate one · 47 left"
    assert cards(known)[0]["actions"][0]["text"]["text"] == "Regenerate · 3 credits"
    assert small_print(unknown) == "3 sequences · regenerating one costs credits"
    assert cards(unknown)[0]["actions"][0]["text"]["text"] == "Regenerate"


def test_what_iacrea_says_now_of_the_credits_counts_more_than_what_is_remembered():
    board = a_board(left=47.0)
    board = replace(board, video=replace(board.video, credits_left=12.5))

    assert small_print(private(board, PageRef(VIDEO), EN)).endswith("12.5 left")


def test_all_that_failed_can_be_regenerated_at_once_above_the_cards():
    message = private(a_board(5, failed=2, cost=3.0), PageRef(VIDEO), EN)

    kinds = [block["type"] for block in message.fields()["blocks"]]
    [button] = message.fields()["blocks"][3]["elements"]
    assert kinds[:5] == ["section", "context", "context", "actions", "carousel"]
    assert button["text"]["text"] == "Regenerate failed (2) · 6 credits"
    assert buttons.carried(button["value"], EFFECTS)[0].selection == Selection(failed=True)
    assert "retry" not in pressable(private(a_board(5), PageRef(VIDEO), EN))


@pytest.mark.parametrize(
    ("page", "first", "count", "turns"),
    [
        (0, 1, 10, {"storyboard_next": "Next 10"}),
        (1, 11, 10, {"storyboard_previous": "Previous 10", "storyboard_next": "Next 3"}),
        (2, 21, 3, {"storyboard_previous": "Previous 10"}),
        (9, 21, 3, {"storyboard_previous": "Previous 10"}),
    ],
)
def test_more_than_ten_sequences_are_shown_page_by_page(page, first, count, turns):
    message = private(a_board(23), PageRef(VIDEO, page), EN)

    ids = [card["block_id"] for card in cards(message)]
    assert ids == [f"sequence-{n}" for n in range(first, first + count)]
    assert {k: v for k, v in pressable(message).items() if k.startswith("storyboard_")} == turns


def test_a_shared_storyboard_has_one_page_and_points_to_the_others():
    few, many = shared(a_board(PAGE), EN), shared(a_board(23), EN)

    assert list(pressable(few)) == ["name_video"]
    assert list(pressable(many)) == ["name_video", "storyboard"]
    assert len(cards(many)) == PAGE
    assert "share_storyboard" in pressable(private(a_board(), PageRef(VIDEO), EN))


def test_the_finished_video_can_be_watched():
    board = a_board()
    board = replace(board, video=replace(board.video, url="https://e.com/v.mp4"))

    assert pressable(shared(board, EN))["watch"] == "Watch"


def test_it_is_called_by_its_name_in_the_language_of_who_reads_it():
    board = replace(a_board(), name="cuisine")

    french, english = private(board, PageRef(VIDEO), FR), private(a_board(), PageRef(VIDEO), EN)
    assert french.text.split("\n")[0] == "*Storyboard* de `cuisine` · prête"
    assert english.text.split("\n")[0] == f"*Storyboard* of `{VIDEO}` · ready"


@given(some.ids, st.integers(0, 99), some.maybe(some.timestamps))
def test_a_page_comes_back_from_its_button(video, page, thread):
    assert page_ref(PageRef(video, page, thread).value()) == PageRef(video, page, thread)


@given(st.text() | st.sampled_from(["{}", "[]", "null", '{"video":"help","page":1,"thread":""}']))
def test_a_button_that_was_tampered_with_is_refused(value):
    with pytest.raises(StaleButton):
        page_ref(value)
