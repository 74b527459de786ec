"""Buttons carry what they need, and what comes back is checked again."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AlreadyRunning, AskFirst, StaleButton
from bot.domain.request import GenerationState, Order, Reason, Request, Selection, State
from bot.slack.blocks.buttons import MOST_VALUE, carried, same, value
from bot.slack.blocks.problems import problem_message
from tests.domain import strategies as some
from tests.domain.makers import a_generation, a_request, an_order
from tests.texts import EFFECTS, ENGLISH

LONGEST_IMAGE = "https://e.com/".ljust(1000, "a")
UUID = "550e8400-e29b-41d4-a716-4466554400"
GOOD = {"v": 1, "video": "video-1", "positions": [2]}


@given(
    some.orders.filter(lambda order: order.selection != Selection()),
    some.maybe(some.timestamps),
)
def test_what_a_button_carries_comes_back(order, thread):
    unseen = replace(order, pixels=None)  # the image is looked at anew
    assert carried(value(order, thread), EFFECTS) == (unseen, thread)


def done(*ids: str, **changes: Any) -> Request:
    generations = [
        replace(a_generation(number, GenerationState.DONE), sequence=each)
        for number, each in enumerate(ids, start=1)
    ]
    return a_request(State.ENDED, *generations, **{"order": an_order(agreed=()), **changes})


def test_again_names_its_sequences_by_id_and_keeps_effect_and_image():
    order = an_order(2, effect="AUTO_REVERSE", image="https://e.com/a.jpg")

    wanted, thread = carried(same(done("seq", order=order), done("seq").generations), EFFECTS)

    assert wanted == Order(
        "video-1",
        Selection(ids=("seq",)),
        effect="AUTO_REVERSE",
        image="https://e.com/a.jpg",
        since=done("seq").ended_at,
    )
    assert thread is None


def test_again_asks_again_before_it_cancels_a_render_or_spends_on_several():
    wanted, _ = carried(same(done("a", "b", order=an_order()), done("a", "b").generations), EFFECTS)

    assert (wanted.agreed, wanted.over) == ((), None)


@pytest.mark.parametrize("name", ["7", "12", "a.b", "sequence 3", "ß", "x" * 200, '"', "&<>"])
def test_an_id_that_nobody_would_type_still_comes_back(name):
    wanted, _ = carried(same(done(name), done(name).generations), EFFECTS)

    assert wanted.selection == Selection(ids=(name,))


@pytest.mark.parametrize(
    ("ids", "image", "by_id"),
    [
        ([f"{UUID}{number:02}" for number in range(20)], None, True),
        ([f"{UUID}{number:02}" for number in range(20)], LONGEST_IMAGE, False),
        ([f"{number:x<64}" for number in range(20)], None, True),
        ([f"{number:x<64}" for number in range(20)], LONGEST_IMAGE, False),
        ([f"{number:x<200}" for number in range(20)], LONGEST_IMAGE, False),
    ],
)
def test_a_button_has_room_for_all_even_when_its_request_comes_back_as_a_question(
    ids, image, by_id
):
    request = done(*ids, order=an_order(effect="CAMERA_ORBIT_LEFT", image=image, agreed=()))
    order, _ = carried(same(request, request.generations), EFFECTS)
    assert bool(order.selection.ids) is by_id
    assert len(order.selection.ids or order.selection.positions) == 20

    question = AskFirst(tuple(Reason), tuple(range(1, 21)), tuple(range(1, 21)))
    asked = 1795722222.056315
    asking = problem_message(
        question, ENGLISH, order=order, thread="1700000000.000100", since=asked
    )
    agreed, thread = carried(pressed(asking), EFFECTS)
    assert agreed == replace(order, agreed=tuple(Reason), since=asked)
    assert thread == "1700000000.000100"

    running = AlreadyRunning("0123456789abcdef0123", "U1", "C1", None)
    over = problem_message(running, ENGLISH, order=agreed, thread="1700000000.000100", since=asked)
    assert carried(pressed(over), EFFECTS)[0].over == "0123456789abcdef0123"


def pressed(message: Any) -> str:
    carries: str = message.fields()["blocks"][-1]["elements"][0]["value"]
    assert len(carries) <= MOST_VALUE
    return carries


def test_yes_to_a_running_request_agrees_to_that_one_alone():
    running = AlreadyRunning("request-0", "U1", "C1", None)

    asking = problem_message(running, ENGLISH, order=an_order(agreed=(Reason.SEVERAL.value,)))
    wanted, _ = carried(pressed(asking), EFFECTS)

    assert (wanted.over, wanted.agreed) == ("request-0", ("several", "pending"))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"v": None}, {"video": ""}, {"video": "x"}, {"video": 7}, {"video": None},
        {"positions": []}, {"positions": [0]}, {"positions": [-1]}, {"positions": ["2"]},
        {"positions": [2.5]}, {"positions": [float("inf")]}, {"positions": 2}, {"positions": [""]},
        {"ids": [""]}, {"ids": [7]}, {"ids": ["x" * 201]}, {"ids": ["a\nb"]}, {"ids": 7},
        {"positions": [], "failed": "yes"}, {"effect": "EXPLODE"}, {"effect": ["AUTO_REVERSE"]},
        {"image": "http://e.com/a.jpg"}, {"image": "https://127.0.0.1/"}, {"image": 7},
        {"agreed": ["everything"]}, {"agreed": 1}, {"most": float("inf")}, {"most": "x"},
        {"since": float("inf")}, {"since": float("nan")}, {"since": "now"}, {"since": [1]},
    ],
)  # fmt: skip
def test_a_button_of_another_version_or_tampered_with_is_stale(change):
    with pytest.raises(StaleButton):
        carried(json.dumps(GOOD | change), EFFECTS)


def test_the_button_that_was_not_tampered_with_is_not_stale():
    assert carried(json.dumps(GOOD), EFFECTS) == (Order("video-1", Selection((2,))), None)


def test_an_image_that_slack_escaped_in_the_value_is_the_one_that_was_carried():
    sent = json.dumps(GOOD | {"image": "https://e.com/a.jpg?a=1&amp;b=2"})

    assert carried(sent, EFFECTS)[0].image == "https://e.com/a.jpg?a=1&b=2"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.text() | anything.map(json.dumps) | st.just("[" * 100_000))
def test_garbage_is_stale(text):
    with pytest.raises(StaleButton):
        carried(text, EFFECTS)


@given(st.dictionaries(st.sampled_from(
    ["v", "video", "positions", "ids", "failed", "effect", "image", "agreed", "over", "thread"]
), anything))  # fmt: skip
def test_a_value_with_parts_of_another_kind_is_stale_or_a_whole_wish(change):
    try:
        order, _ = carried(json.dumps(GOOD | change), EFFECTS)
    except StaleButton:
        return
    assert order.selection != Selection()
    assert all(position >= 1 for position in order.selection.positions)


@given(st.sets(st.integers(1, 4000), min_size=1))
def test_however_many_positions_fit_a_button_and_come_back(positions):
    order = an_order(*positions, image=LONGEST_IMAGE, agreed=())

    text = value(order, "1700000000.000100")

    assert len(text) <= MOST_VALUE or max(positions) > 2000
    assert set(carried(text, EFFECTS)[0].selection.positions) == positions
