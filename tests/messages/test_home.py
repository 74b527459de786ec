"""The Home tab, of a newcomer, of somebody and of an administrator."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.domain.request import GenerationState, State, UserId
from bot.slack.home.view import home
from bot.slack.status.messages import Report
from sandbox.slack.block_kit import is_too_large, view_faults
from tests.domain.makers import a_generation, a_request
from tests.messages.test_status import EN, FR, LINK, harmless, languages, overviews
from tests.texts import marked_up

ANNA = UserId("U1")
RUNNING = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING))
DONE = a_request(State.TOLD, a_generation(2, GenerationState.DONE, credits_used=3))


def publishable(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Its blocks, once everything that holds for each view was seen to hold."""
    assert view_faults(json.loads(json.dumps(view)), "home") == []
    assert not is_too_large(view)
    View(**view).validate_json()
    harmless(view["blocks"])
    return list(view["blocks"])


def lines(view: dict[str, Any]) -> list[str]:
    return list(marked_up(view["blocks"]))


@given(overviews, st.none() | st.just(ANNA), languages)
def test_a_home_can_be_published_however_much_there_is(overview, own, texts):
    blocks = publishable(home(overview, own, texts))

    buttons = (each for block in blocks for each in block.get("elements", ()))
    assert next(buttons)["action_id"] == "open_form"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (EN, ["*Hello!", "Press the button", "0 credits", "You have not spent any credits"]),
        (FR, ["*Bonjour", "Appuyez sur le bouton", "0 crédit", "Vous n'avez dépensé aucun crédit"]),
    ],
)
def test_a_newcomer_is_told_what_the_bot_does_in_three_lines(texts, said):
    view = home(Report(left=0.0), ANNA, texts)

    shown = lines(view)
    assert len(shown[1].splitlines()) == 3
    assert all(words in " ".join(shown) for words in said)
    assert "`/regen`" in shown[1]


def test_somebody_sees_their_own_requests_and_what_they_spent_themselves():
    spent = ((UserId("U2"), 99.0), (ANNA, 3.0))

    shown = lines(home(Report((RUNNING,), (DONE,), 47.0, spent), ANNA, EN))

    assert shown[0] == "*Your regenerations*"
    assert any("IACrea is working on it" in line and LINK in line for line in shown)
    assert any(line.startswith("✅") for line in shown)
    assert shown[-2:] == [
        "💳 47 credits left on the IACrea account",
        "You have spent 3 credits this month",
    ]
    assert not any("U2" in line for line in shown)


def test_an_administrator_sees_what_everybody_spent():
    spent = ((UserId("U2"), 99.0), (ANNA, 3.0))

    shown = lines(home(Report((RUNNING,), (), 47.0, spent), None, EN))

    assert shown[0] == "*Everybody's regenerations*"
    assert shown[-1] == "*Spent this month*\n<@U2>: 99 credits\n<@U1>: 3 credits"


def test_two_views_of_the_same_are_the_same():
    overview = Report((RUNNING,), (DONE,), 47.0)

    assert home(overview, ANNA, EN) == home(overview, ANNA, EN)
    assert home(overview, ANNA, EN) != home(Report((), (RUNNING, DONE), 47.0), ANNA, EN)
