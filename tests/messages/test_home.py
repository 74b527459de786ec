"""The Home tab, of a newcomer, of somebody and of an administrator."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.domain.request import GenerationState, State, UserId
from bot.domain.video import VideoId
from bot.slack.home.view import MOST_BYTES, Viewer, home
from bot.slack.status.messages import Report
from sandbox.slack.block_kit import is_too_large, view_faults
from tests.domain import strategies as some
from tests.domain.makers import a_generation, a_request
from tests.messages.test_status import EN, FR, LINK, harmless, languages, overviews
from tests.texts import marked_up

ANNA = UserId("U1")
HERS = Viewer(ANNA, ANNA)
viewers = st.builds(
    Viewer,
    some.slack_ids,
    some.maybe(some.slack_ids),
    st.dictionaries(some.ids, some.maybe(some.words), max_size=6),
)
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


@settings(max_examples=some.FEW)
@given(overviews, viewers, languages)
def test_a_home_can_be_published_however_much_there_is(overview, viewer, texts):
    blocks = publishable(home(overview, viewer, texts))

    buttons = (each for block in blocks for each in block.get("elements", ()))
    assert next(buttons)["action_id"] == "open_form"
    assert all(len(each.get("accessibility_label", "")) <= 75 for each in buttons)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (EN, ["*Hello!", "Press the button", "0 credits", "You have not spent any credits"]),
        (FR, ["*Bonjour", "Appuyez sur le bouton", "0 crédit", "Vous n'avez dépensé aucun crédit"]),
    ],
)
def test_a_newcomer_is_told_what_the_bot_does_in_three_lines(texts, said):
    view = home(Report(left=0.0), HERS, texts)

    shown = lines(view)
    assert len(shown[1].splitlines()) == 3
    assert all(words in " ".join(shown) for words in said)
    assert "`/regen`" in shown[1]


def test_somebody_sees_their_own_requests_and_what_they_spent_themselves():
    spent = ((UserId("U2"), 99.0), (ANNA, 3.0))

    shown = lines(home(Report((RUNNING,), (DONE,), 47.0, spent), HERS, EN))

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

    shown = lines(home(Report((RUNNING,), (), 47.0, spent), Viewer(ANNA, None), EN))

    assert shown[0] == "*Everybody's regenerations*"
    assert shown[-1] == "*Spent this month*\n<@U2>: 99 credits\n<@U1>: 3 credits"


def test_two_views_of_the_same_are_the_same():
    overview = Report((RUNNING,), (DONE,), 47.0)

    assert home(overview, HERS, EN) == home(overview, HERS, EN)
    assert home(overview, HERS, EN) != home(Report((), (RUNNING, DONE), 47.0), HERS, EN)


def actions(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Its buttons, by their action; of several the last."""
    found = (each for block in view["blocks"] for each in block.get("elements", ()))
    return {each["action_id"]: each for each in found if "action_id" in each}


def test_of_a_request_that_runs_one_can_stop_the_watching():
    shown = actions(home(Report((RUNNING,)), HERS, EN))

    assert set(shown) == {"open_form", "home_show", "home_stop_watching"}
    spoken = shown["home_stop_watching"]["accessibility_label"]
    assert spoken == "Stop watching request 1: sequence 2 of 5"


@pytest.mark.parametrize(
    ("states", "action", "label", "positions", "watch"),
    [
        (["done"], "home_repeat", "Regenerate again", [2], None),
        (["done", "failed"], "home_repeat", "Retry", [3], None),
        (["expired"], "home_keep_watching", "Keep watching", [2], True),
        (["stopped", "done"], "home_keep_watching", "Keep watching", [2], True),
    ],
)
def test_of_one_that_has_ended_the_same_can_be_had_as_under_its_outcome(
    states, action, label, positions, watch
):
    generations = [
        replace(a_generation(at, GenerationState(state)), sequence="")
        for at, state in enumerate(states, start=2)
    ]
    request = a_request(State.TOLD, *generations)
    spends = replace(request, origin=replace(request.origin, user=ANNA))

    shown = actions(home(Report((), (spends,), 47.0, ()), HERS, EN))
    others = actions(home(Report((), (spends,), 47.0, ()), Viewer(UserId("U9"), None), EN))

    assert set(shown) == {"open_form", "home_show", action}
    assert shown[action]["text"]["text"] == label
    carried = json.loads(shown[action]["value"])
    assert (carried["channel"], carried.get("watch")) == (request.origin.channel, watch)
    assert len(carried["ids"]) == len(positions)
    assert set(others) == {"open_form", "home_show"}


def test_five_videos_are_named_each_with_its_buttons():
    videos = {VideoId(f"video-{number}"): None if number else "loft" for number in range(7)}
    view = home(Report(), Viewer(ANNA, ANNA, videos), FR)

    shown = [each for each in lines(view) if each.startswith("🎞")]
    assert shown == ["🎞 `loft`", *(f"🎞 `video-{number}`" for number in range(1, 5))]
    spoken = [
        each["accessibility_label"]
        for block in view["blocks"]
        for each in block.get("elements", ())
        if each.get("action_id") == "home_regenerate"
    ]
    assert spoken[0] == "Régénérer des séquences de loft…"


def test_of_what_is_more_than_slack_takes_the_oldest_is_left_out():
    running = a_request(State.PENDING, a_generation(2), name="é" * 1000)
    user = UserId(f"https://e.com/{'é' * 1800}")
    long = replace(running, origin=replace(running.origin, user=user))
    view = home(Report((long,) * 40, (long,) * 40), HERS, EN)

    assert view_faults(json.loads(json.dumps(view)), "home") == []
    assert len(json.dumps(view)) <= MOST_BYTES
