"""What a view of another release carries: what this one does not know of it is passed over."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.effects import Effects
from bot.domain.request import ChannelId, MessageTs, Order, Selection
from bot.domain.video import SequenceId, VideoId
from bot.slack.blocks.modal import Modal
from bot.slack.form.fields import Draft, FormContext, form_context
from bot.slack.form.view import Form, confirmation, confirmed, form
from bot.slack.naming import sequences_view, view
from bot.slack.naming.sequences_view import NamedSequence, Opened, sequences_modal
from tests.texts import ENGLISH

VIDEO, PLACE, THREAD = VideoId("video-1"), ChannelId("C1"), MessageTs("1.2")
OPENED = Opened(VIDEO, PLACE, THREAD, (NamedSequence(SequenceId("s1"), 1, "Kitchen"),))
WHERE = FormContext(PLACE, THREAD, 3.0, 41.5, "https://hooks.slack.com/x", THREAD, "2", "https://i")
ORDER = Order(VIDEO, Selection(positions=(1, 2)))

Read = Callable[[Modal], Any]


def question(shown: Modal) -> Any:
    return confirmed(shown, Effects(()))


VIEWS: dict[str, tuple[Modal, Read]] = {
    "form": (form(Form(WHERE, Draft()), ENGLISH), form_context),
    "question": (confirmation(ORDER, WHERE, ENGLISH), question),
    "name": (view.name_modal(VIDEO, PLACE, ENGLISH, THREAD), view.opened_for),
    "names": (sequences_modal(OPENED, ENGLISH), sequences_view.opened_for),
}


def newer(carried: Any) -> Any:
    """The same with something more in every part."""
    if isinstance(carried, dict):
        return {key: newer(each) for key, each in carried.items()} | {"new": [1, {"deep": None}]}
    if isinstance(carried, list):
        return [*map(newer, carried)] if isinstance(carried[0], list) else [*carried, "new"]
    return carried


@pytest.mark.parametrize("shown", VIEWS)
def test_what_a_newer_release_carries_besides_is_passed_over(shown: str) -> None:
    modal, read = VIEWS[shown]
    carried = newer(json.loads(modal["private_metadata"]))

    assert read(modal | {"private_metadata": json.dumps(carried)}) == read(modal)


def test_a_form_of_an_older_release_may_carry_nothing() -> None:
    assert form_context({"private_metadata": "{}"}) == FormContext()
