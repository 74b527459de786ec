"""What is running and what was spent, and the card of a request for one person."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.effects import Effects
from bot.domain.progress import Progress, Stage
from bot.domain.request import (
    ChannelId,
    GenerationState,
    MessageTs,
    Outcome,
    Request,
    State,
    UserId,
)
from bot.slack.blocks import buttons
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.message import MOST_TEXT, Message
from bot.slack.blocks.texts import Texts
from bot.slack.status.messages import Report, shown_ended, shown_running, status
from sandbox.slack.block_kit import message_faults
from sandbox.slack.message_limits import blocks_too_long
from tests.domain import follows as some_follows
from tests.domain import strategies as some
from tests.domain.makers import NOW, a_generation, a_request, an_order
from tests.texts import marked_up

EFFECTS = Effects.with_extra()
URL = "https://acme.slack.com/"
EN, FR = (Texts(Catalogue().words(each), EFFECTS, url=URL) for each in ("en", "fr"))
LINK = f"<{URL}archives/C1/p1700000000000100|see its thread>"
DONE, EXPIRED = GenerationState.DONE, GenerationState.EXPIRED
ENDS = [DONE, GenerationState.FAILED, GenerationState.NOT_STARTED, EXPIRED, GenerationState.STOPPED]
RUNNING = [state for state in State if state not in {State.ENDED, State.TOLD, State.ABANDONED}]
OURS = re.compile(
    r"<@[UC][A-Z0-9]+>|<!date\^\d+\^[{}a-z_ ]+\|\d\d:\d\d UTC>"
    r"|<https://acme\.slack\.com/archives/[UC][A-Z0-9]+/p\d{16}(?:\?thread_ts=\d+\.\d+&amp;cid=[UC][A-Z0-9]+)?"
    r"\|[a-z' ]+>"
    r"|<https?://[^\s<>|]+\|(?:Before|After|Avant|Après)>"
)
"""All that may stand in angle brackets."""


def of(states: list[State], *generations: GenerationState) -> st.SearchStrategy[Request]:
    return st.builds(
        Request,
        id=some.ids,
        origin=some.origins,
        order=some.orders,
        state=st.sampled_from(states),
        generations=st.lists(some.generations(*generations), min_size=1, max_size=20).map(tuple),
        sequences=st.integers(0, 99),
        message=some.maybe(some.timestamps),
        ended_at=some.maybe(some.moments),
        video_url=some.maybe(some.links),
        credits_left=some.maybe(some.amounts),
        name=some.maybe(some.words.map(lambda text: text[:200])),
        stopped_by=some.slack_ids,
    )


running_ones = of(RUNNING)
ended_ones = of([State.ENDED, State.TOLD], *ENDS)
overviews = st.builds(
    Report,
    running=st.lists(running_ones, max_size=3).map(lambda each: tuple(each) * 20),
    ended=st.lists(ended_ones, max_size=3).map(lambda each: tuple(each) * 20),
    left=some.maybe(some.amounts),
    spent=st.lists(st.tuples(some.slack_ids, some.amounts), max_size=20).map(tuple),
    followed=st.lists(some_follows.running, max_size=3, unique_by=lambda each: each.video).map(
        lambda each: tuple(replace(one, name=None) for one in each)
    ),
)
languages = st.sampled_from([EN, FR])


def harmless(blocks: list[dict[str, Any]]) -> None:
    """Nobody's words do anything in it, and none is cut in the middle of something."""
    for text in marked_up(blocks):
        rest = OURS.sub("", text)
        assert len(text) < MOST_TEXT
        assert "<" not in rest
        assert ">" not in rest
        assert rest.count("`") % 2 == 0


def sendable(message: Message) -> list[dict[str, Any]]:
    blocks = json.loads(json.dumps(message.fields()["blocks"]))
    assert message_faults(blocks) == []
    harmless(blocks)
    *simpler, _ = message.plainer()
    for plainer in simpler:
        assert message_faults(plainer.fields()["blocks"]) == []
    return blocks


def lines(message: Message) -> list[str]:
    return list(marked_up(message.fields()["blocks"]))


def values(blocks: list[dict[str, Any]], action: str) -> list[str]:
    elements = [
        each
        for block in blocks
        for each in [*block.get("elements", ()), block.get("accessory")]
        if isinstance(each, dict) and each.get("action_id") == action
    ]
    return [each["value"] for each in elements]


@settings(max_examples=some.FEW)
@given(overviews, languages)
def test_a_status_can_be_sent_however_much_there_is(overview, texts):
    blocks = sendable(status(overview, None, texts))

    assert not blocks_too_long(blocks)
    shown = len(values(blocks, "show_request"))
    assert shown <= min(20, len(overview.running)) + min(10, len(overview.ended))
    assert shown or not (overview.running or overview.ended)


def test_of_ordinary_requests_as_many_are_shown_as_ever():
    origin = replace(a_request().origin, user="U12345678", thread=MessageTs("1700000000.000100"))
    generations = tuple(a_generation(number, GenerationState.RUNNING) for number in (2, 3, 4))
    runs = replace(a_request(State.PENDING, *generations, name="lilac-street-12"), origin=origin)
    done = a_request(State.ENDED, a_generation(2, DONE), name="lilac-street-12")

    blocks = sendable(status(Report((runs,) * 20, (done,) * 10), None, EN))

    assert len(values(blocks, "show_request")) == 30


@settings(max_examples=some.FEW)
@given(running_ones, some.maybe(some.progresses), some.maybe(some.amounts), some.moments, languages)
def test_the_card_of_a_running_request_can_be_sent(request_, progress, usual, now, texts):
    sendable(shown_running(request_, progress, usual, now, texts))


@settings(max_examples=some.FEW)
@given(ended_ones, some.slack_ids, languages)
def test_the_card_of_an_ended_request_can_be_sent(request_, channel, texts):
    sendable(shown_ended(request_, channel, texts))


def test_nothing_at_all_is_said_in_sentences():
    message = status(Report(), None, EN)

    assert lines(message) == [
        "Nothing is running at the moment.",
        "Nothing has finished yet.",
        "💳 How many credits are left on the IACrea account is not known yet",
        "*Spent this month*: nothing",
    ]


@pytest.mark.parametrize(
    ("state", "generations", "stage"),
    [
        (State.CHECKED, [GenerationState.WAITING], "Looking at the video…"),
        (State.ANNOUNCED, [GenerationState.WAITING], "Sending it to IACrea…"),
        (State.SUBMITTING, [GenerationState.SENDING], "Sending it to IACrea…"),
        (State.PENDING, [GenerationState.RUNNING], "IACrea is working on it"),
        (
            State.PENDING,
            [GenerationState.RUNNING, DONE],
            "IACrea is working on it: 1 of 2 sequences ready",
        ),
    ],
)
def test_what_is_running_is_told_with_its_stage_and_a_link(state, generations, stage):
    request = a_request(
        state, *(a_generation(n, generation) for n, generation in enumerate(generations, start=2))
    )
    overview = Report(running=(replace(request, message=MessageTs("1700000000.000100")),))

    [title, line, *_] = lines(status(overview, None, EN))

    ago = "<!date^1700000000^{ago}|22:13 UTC>"
    assert title == "*Running*"
    assert line.startswith("🎬 <@U1> · *sequence")
    assert line.endswith(f"Video `video-1`\n{stage} · started {ago} · {LINK}")


def test_what_has_ended_is_told_with_its_outcome_credits_and_time():
    done = a_request(State.TOLD, a_generation(2, DONE, credits_used=3), name="kitchen")
    failed = a_request(State.TOLD, a_generation(3, GenerationState.FAILED))

    shown = lines(status(Report(ended=(done, failed)), None, EN))

    when = "<!date^1700000090^{date_short_pretty} {time}|22:14 UTC>"
    assert shown[1:4] == [
        "*Finished lately*",
        f"✅ <@U1> · *sequence 2 of 5* · Video `kitchen`\nDone · 3 credits used · {when} · {LINK}",
        f"⚠️ <@U1> · *sequence 3 of 5* · Video `video-1`\nFailed · {when} · {LINK}",
    ]


def test_who_spent_most_stands_first_and_no_more_than_ten_are_named():
    spent = tuple((UserId(f"U{number}"), 20.0 - number) for number in range(12))

    [*_, left, spenders] = lines(status(Report(left=47.0, spent=spent), None, EN))

    assert left == "💳 47 credits left on the IACrea account"
    assert spenders.splitlines()[:2] == ["*Spent this month*", "<@U0>: 20 credits"]
    assert len(spenders.splitlines()) == 11


def test_what_is_too_much_to_show_is_counted():
    one = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING))

    assert "… and 5 more" in lines(status(Report(running=(one,) * 25), None, EN))


def test_the_same_in_french():
    done = a_request(State.TOLD, a_generation(2, DONE, credits_used=1))
    overview = Report(ended=(done,), left=1.0, spent=((UserId("U1"), 1.5),))

    message = status(overview, None, FR)

    assert message.text.startswith("Rien n'est en cours pour le moment.\n*Terminées récemment*\n")
    assert "Terminé · 1 crédit utilisé" in lines(message)[2]
    assert lines(message)[-1] == "*Dépensé ce mois-ci*\n<@U1> : 1,5 crédit"


def test_the_buttons_of_a_card_lead_to_its_thread_and_need_no_message_beside_them():
    done = a_request(State.TOLD, a_generation(2, DONE), order=an_order(2, effect="AUTO_EFFECTS"))

    blocks = sendable(shown_ended(done, done.origin.channel, EN))

    for action in ("regenerate_again", "change", "another_image"):
        [value] = values(blocks, action)
        order, thread = buttons.carried(value, EFFECTS)
        assert thread == done.message
        assert order.effect == "AUTO_EFFECTS"
    assert "another_effect" not in json.dumps(blocks)
    assert LINK in lines(shown_ended(done, done.origin.channel, EN))[-1]


@pytest.mark.parametrize(
    ("end", "action"), [(GenerationState.FAILED, "retry"), (EXPIRED, "keep_watching")]
)
def test_what_did_not_end_well_can_be_repeated_from_its_card_in_its_thread(end, action):
    request = a_request(State.TOLD, a_generation(2, end))

    [value] = values(sendable(shown_ended(request, request.origin.channel, EN)), action)

    order, thread = buttons.carried(value, EFFECTS)
    assert thread == request.message
    assert order.watch is (action == "keep_watching")
    assert request.outcome in {Outcome.FAILED, Outcome.EXPIRED}


def test_from_another_channel_nothing_is_posted_into_the_thread():
    done = a_request(State.TOLD, a_generation(2, DONE))

    [value] = values(sendable(shown_ended(done, ChannelId("C2"), EN)), "regenerate_again")

    assert buttons.carried(value, EFFECTS)[1] is None


def test_the_card_of_what_runs_can_stop_it_once_iacrea_works_on_it():
    pending = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING))
    sending = a_request(State.SUBMITTING, a_generation(2, GenerationState.SENDING))
    animating = Progress(Stage.ANIMATING, done=1, of=2)

    working = sendable(shown_running(pending, animating, None, NOW, EN))
    early = sendable(shown_running(sending, None, None, NOW, EN))

    assert values(working, "stop_watching") == [pending.id]
    assert values(early, "stop_watching") == []
    for blocks in (working, early):
        assert blocks[-1]["elements"][0]["text"] == LINK
