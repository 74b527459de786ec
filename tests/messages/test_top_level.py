"""Who cannot see the blocks is told the same: the top-level text, and names of what is pressed."""

import ast
import html
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import HeaderBlock

from bot.domain.effects import Effects
from bot.domain.errors import NotAccepted
from bot.domain.estimate import Estimate
from bot.domain.request import GenerationState, State
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, Video, VideoId
from bot.slack.blocks.message import Message, section
from bot.slack.blocks.top_level import MOST_TOP_LEVEL
from bot.slack.command.messages import effect_list
from bot.slack.form.fields import Draft, FormContext
from bot.slack.form.view import Form, confirmation, form
from bot.slack.home.view import Viewer, home
from bot.slack.naming import view as naming
from bot.slack.status import messages as status
from bot.slack.status.messages import Report
from bot.slack.storyboard import messages as storyboard
from bot.slack.storyboard.messages import PageRef
from bot.slack.telling import messages as telling
from bot.slack.telling.own_messages import EVENT_TYPE
from sandbox.slack.block_kit import message_faults, view_faults
from sandbox.slack.message_limits import blocks_too_long, is_event_type, metadata_too_large
from tests.depth import examples
from tests.domain.makers import a_generation, a_request, an_order
from tests.messages.every import EVERY, found, names, visible, words
from tests.messages.test_status import overviews
from tests.messages.test_storyboard import a_board, storyboards
from tests.texts import ENGLISH, FRENCH

languages = st.sampled_from([ENGLISH, FRENCH])


def drawn(data: st.DataObject, name: str) -> tuple[Message, list[dict[str, Any]], str]:
    """One of those messages, its blocks as Slack gets them, and what ends a text that was cut."""
    build, parts = EVERY[name]
    texts = data.draw(languages)
    message = build(*(data.draw(each) for each in parts), texts)
    return message, json.loads(json.dumps(message.fields()["blocks"])), texts.say("text-more")


@pytest.mark.parametrize("name", EVERY)
@settings(max_examples=examples(25))
@given(data=st.data())
def test_every_message_tells_all_of_it_to_who_cannot_see_its_blocks(name, data):
    message, blocks, cut = drawn(data, name)

    assert not blocks_too_long(blocks)
    in_reading_order(message, blocks, cut)
    without_glyphs(message, blocks)
    pictures_told_apart(blocks)
    called_by_different_names(message, blocks)


def in_reading_order(message: Message, blocks: list[dict[str, Any]], cut: str) -> None:
    """Every word, number and link is in the text; or the text is as long as it may be."""
    said, plain = iter(words(message.text)), unquote(html.unescape(message.text))
    if message.text.endswith(cut):
        assert len(message.text) > MOST_TOP_LEVEL - 3200, "there was room for more"
        return
    assert all(word in said for text in visible(blocks) for word in words(text))
    for each in found(blocks, "button"):
        assert each["text"]["text"] in plain
        assert unquote(each.get("url", "")) in plain
    for each in found(blocks, "static_select"):
        assert each["placeholder"]["text"] in plain
    for each in found(blocks, "image"):
        assert each["alt_text"].casefold() in plain.casefold()


def without_glyphs(message: Message, blocks: list[dict[str, Any]]) -> None:
    """Bars and icons of ours are not in the text, and have words beside them in the blocks."""
    assert len(message.text) <= MOST_TOP_LEVEL
    assert not any(line.startswith(tuple("▰▱🎬✅⌛💳")) for line in message.text.split("\n"))
    said = [block for block in blocks if block["type"] in {"section", "context"}]
    assert all(words(text) for text in visible(said))


def pictures_told_apart(blocks: list[dict[str, Any]]) -> None:
    pictures = {each["image_url"]: each["alt_text"] for each in found(blocks, "image")}
    assert all(words(alt) for alt in pictures.values())
    assert len(set(pictures.values())) == len(pictures)


def called_by_different_names(message: Message, blocks: list[dict[str, Any]]) -> None:
    called = names(blocks)
    assert len(set(called)) == len(called)
    *pressed, text_alone = message.plainer()
    for plainer in pressed:
        simple = json.loads(json.dumps(plainer.fields()["blocks"]))
        assert message_faults(simple) == []
        assert sorted(names(simple)) == sorted(called)
    assert text_alone.fields() == {"text": message.text}


@settings(max_examples=examples(30))
@given(storyboards, overviews, languages)
def test_nothing_in_a_view_is_called_the_same(board, overview, texts):
    draft, place = Draft(board.video.id), FormContext("C1")
    for view in (
        form(Form(place, draft, board), texts),
        form(Form(place, Draft()), texts),
        confirmation(an_order(1, 2), place, texts),
        naming.name_modal(board.video.id, "C1", texts),
        home(overview, Viewer("U1", "U1", {board.video.id: None}), texts),
        home(overview, Viewer("U1", None), texts),
    ):
        shown = json.loads(json.dumps(view))
        assert view_faults(shown, view["type"]) == []
        called = names(shown["blocks"])
        assert len(set(called)) == len(called)


def test_a_button_among_its_like_says_whose_it_is():
    shown = storyboard.shared(a_board(3, cost=3.0), ENGLISH).fields()["blocks"]
    french = storyboard.shared(a_board(3), FRENCH).fields()["blocks"]

    assert names(shown)[:2] == ["Regenerate sequence 1 of 3, 3 credits", "Change sequence 1 of 3…"]
    assert names(french)[3:5] == ["Régénérer : séquence 2 sur 3", "Modifier : séquence 2 sur 3…"]


def test_the_text_of_a_storyboard_is_a_line_for_each_card():
    video = a_board(2, failed=1, cost=3.0).video
    text = storyboard.shared(Storyboard(video, "loft"), ENGLISH).text

    assert text.split("\n") == [
        "*Storyboard* of `loft` · ready",
        "2 sequences · regenerating one costs credits",
        "The numbers count the sequences that IACrea animates, not the scenes of the film.",
        "sequence 1 of 2: 1 · push out, Failed",
        "sequence 2 of 2: 2 · push out, Ready",
        "Buttons: Regenerate failed (1), Regenerate, Change…, Earlier takes, Name this video",
    ]


def test_before_and_after_are_told_apart():
    generation = a_generation(
        2, GenerationState.DONE, url="https://e.com/2.jpg", new_url="https://e.com/new.jpg"
    )
    text = telling.outcome(a_request(State.ENDED, generation), ENGLISH).text

    assert "sequence 2 of 5 before: Before\nsequence 2 of 5 after: After" in text


def test_a_link_may_be_as_long_as_slack_takes_it():
    link = f"https://e.com/{'v' * 2900}"
    done = a_request(State.ENDED, a_generation(2, GenerationState.DONE), video_url=link)

    assert f"<{link}|Watch>, Storyboard" in telling.outcome(done, ENGLISH).text


def test_what_is_too_long_is_cut_between_two_parts_and_says_where_the_rest_is():
    blocks = [section(f"{number} " + "x" * 900) for number in range(9)]

    lines = Message.of(blocks, ENGLISH.say).text.split("\n")

    assert [line[:1] for line in lines] == ["0", "1", "2", "3", "…"]
    assert lines[-1] == "… There is more in the message itself."


@pytest.mark.parametrize("texts", [ENGLISH, FRENCH])
def test_the_longest_messages_are_not_too_long_in_sum(texts):
    many = replace(texts, effects=Effects(tuple(f"EFFECT_{number:_<68}" for number in range(900))))
    ends = (
        GenerationState.FAILED,
        GenerationState.EXPIRED,
        GenerationState.DONE,
        GenerationState.NOT_STARTED,
    )
    generations = [
        a_generation(number, ends[number % 4], effect="&" * 100) for number in range(1, 21)
    ]
    link = f"https://e.com/{'v' * 2900}"
    ended = a_request(
        State.ENDED,
        *generations,
        order=an_order(*range(1, 21), effect="X" * 200),
        name="&" * 64,
        video_url=link,
        credits_left=4.0,
        problem=NotAccepted(422, "&" * 300),
    )
    sequences = [Sequence("x" * 200, "&" * 100, effect="&" * 100, url="https://e.com/1.jpg")] * 25
    video = Video(VideoId("A" * 64), "&" * 100, sequences=tuple(sequences), url=link)
    board = Storyboard(video, "&" * 64, Estimate(1e9, 1e9))
    for message in (
        effect_list(many),
        telling.outcome(ended, many),
        telling.closing(ended, many),
        status.status(
            Report((replace(ended, state=State.PENDING),) * 20, (ended,) * 10), None, many
        ),
        storyboard.private(board, PageRef(video.id, 1), many),
        storyboard.shared(board, many),
    ):
        blocks = json.loads(json.dumps(message.fields()["blocks"]))
        assert not blocks_too_long(blocks)
        assert message_faults(blocks) == []
        assert len(message.text) <= MOST_TOP_LEVEL
    payload = {"request": "x" * 64, "part": "announcement"}
    assert not metadata_too_large({"event_type": EVENT_TYPE, "event_payload": payload})
    assert is_event_type(EVENT_TYPE)


def test_a_kind_of_block_that_has_no_words_yet_is_noticed():
    with pytest.raises(TypeError, match="HeaderBlock"):
        Message.of([HeaderBlock(text="Hello")], ENGLISH.say)


def test_no_builder_makes_up_a_text_of_its_own():
    folder = Path(telling.__file__).parents[1]
    for path in folder.rglob("*.py"):
        calls = [
            each
            for each in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(each, ast.Call)
        ]
        made = [
            each for each in calls if isinstance(each.func, ast.Name) and each.func.id == "Message"
        ]
        assert made == [] or path.name == "message.py", path
