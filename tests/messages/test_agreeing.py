"""What stands under a question whether to cancel a render, and what each answer carries."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import AlreadyRunning, AskFirst
from bot.domain.line_problems import CancelledInLine, WaitedInVain
from bot.domain.request import Order, Reason, Selection, State
from bot.slack.blocks.agreeing import AFTER_RENDER, KEEP_WAITING, LEAVE_IT
from bot.slack.blocks.answers import AFTER_RENDER_HERE, answers
from bot.slack.blocks.buttons import GO_AHEAD, RETRY, carried
from bot.slack.blocks.message import Message
from bot.slack.blocks.placing import place_of, place_question
from bot.slack.blocks.problems import problem_message
from bot.slack.telling.messages import outcome
from tests.domain.makers import a_generation, a_request, an_order
from tests.messages.every import found
from tests.texts import EFFECTS, ENGLISH

ASKED = AskFirst((Reason.SEVERAL.value, Reason.RENDERING.value), (1, 2), progress=0.6)
WANTED = Order("video-1", Selection(positions=(1, 2)), "AUTO_REVERSE")  # type: ignore[arg-type]


def values(message: Message | dict[str, Any]) -> dict[str, str]:
    blocks = message["blocks"] if isinstance(message, dict) else message.fields()["blocks"]
    return {each["action_id"]: each.get("value", "") for each in found(blocks, "button")}


def order_of(value: str) -> Order:
    return carried(value, EFFECTS)[0]


def test_now_after_the_render_or_not_at_all():
    shown = values(problem_message(ASKED, ENGLISH, order=WANTED, since=1.7e9))

    assert list(shown) == [GO_AHEAD, AFTER_RENDER, LEAVE_IT]
    now, later = order_of(shown[GO_AHEAD]), order_of(shown[AFTER_RENDER])
    assert (now.after_render, now.agreed) == (False, ("several", "rendering"))
    assert (later.after_render, later.agreed, later.since) == (True, ("several",), 1.7e9)
    assert replace(later, after_render=False, agreed=now.agreed) == now


def test_where_no_render_would_be_cancelled_there_is_nothing_to_wait_for():
    asked = replace(ASKED, reasons=("several",))

    assert list(values(problem_message(asked, ENGLISH, order=WANTED))) == [GO_AHEAD]


@pytest.mark.parametrize(("waits", "action"), [(False, GO_AHEAD), (True, AFTER_RENDER)])
def test_whoever_waits_for_a_render_goes_on_waiting_behind_the_request_in_the_way(waits, action):
    wanted = replace(WANTED, after_render=waits)
    running = AlreadyRunning("request-9", "U2", "C1", None)

    [(shown, value)] = values(problem_message(running, ENGLISH, order=wanted)).items()

    assert shown == action
    assert (order_of(value).after_render, order_of(value).over) == (waits, "request-9")


def test_a_question_that_acts_elsewhere_does_so_with_both_its_answers():
    message = problem_message(ASKED, ENGLISH, order=WANTED)
    place_question(message.blocks, "C9")  # type: ignore[arg-type]

    shown = values(message)
    assert [place_of(shown[each]) for each in (GO_AHEAD, AFTER_RENDER)] == ["C9", "C9"]


def test_in_a_modal_one_answer_submits_and_the_other_stands_in_it():
    message = problem_message(ASKED, ENGLISH, order=WANTED)
    modal = next(answers(message, ENGLISH, "home-request"))

    assert modal["submit"]["text"] == "Regenerate 2 sequences"
    assert not order_of(modal["private_metadata"]).after_render
    assert list(values(modal)) == [AFTER_RENDER_HERE]
    assert order_of(values(modal)[AFTER_RENDER_HERE]).after_render


def test_only_what_was_not_over_in_time_may_be_waited_for_once_more():
    order = an_order(2, after_render=True, agreed=("several",))
    late = a_request(State.ENDED, a_generation(2), order=order, problem=WaitedInVain(30))

    shown = values(outcome(late, ENGLISH))
    again = order_of(shown[KEEP_WAITING])

    assert (again.after_render, again.agreed, again.since) == (True, ("several",), late.ended_at)
    assert not json.loads(shown[RETRY]).get("after_render")
    assert KEEP_WAITING not in values(
        outcome(replace(late, problem=CancelledInLine("U1")), ENGLISH)
    )
