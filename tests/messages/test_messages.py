"""Every message the bot can produce, with words in it that mean no good."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.effects import Effects
from bot.domain.estimate import Estimate
from bot.domain.request import GenerationState, Outcome, State
from bot.domain.which_sequence import WhichSequence
from bot.slack.blocks import problems
from bot.slack.blocks.message import MOST_TEXT, Message
from bot.slack.blocks.texts import Texts
from bot.slack.command.messages import effect_list, usage
from bot.slack.telling import messages as telling
from sandbox.slack.block_kit import message_faults
from tests.domain import strategies as some
from tests.domain.makers import a_generation, a_request
from tests.messages.every import ended
from tests.texts import CATALOGUE, ENGLISH, FRENCH, marked_up

OURS = re.compile(
    r"<@[UCW][A-Z0-9]+>|<#[CU][A-Z0-9]+>|<!date\^\d+\^\{(ago|time)\}\|\d\d:\d\d UTC>"
    r"|<https://acme\.slack\.com/archives/[UC][A-Z0-9]+/p\d{16}(\?thread_ts=\d+\.\d+&amp;cid=[UC][A-Z0-9]+)?"
    r"\|[a-zà' ]+>"
    r"|<https?://[^\s<>|]+\|(Before|After|Avant|Après|Watch|Regarder)>"
)
"""All that may stand in angle brackets: people, channels, times, links to our own messages, and
those to a clip before and after and to the video."""
languages = st.sampled_from([ENGLISH, FRENCH])


def sendable(message: Message) -> dict[str, Any]:
    """What goes to Slack, once everything that holds for each message was seen to hold."""
    fields = message.fields()
    assert message_faults(json.loads(json.dumps(fields["blocks"]))) == []
    assert 0 < len(message.text) <= 4000
    assert message.text.strip()
    harmless(message.text)
    for text in marked_up(fields["blocks"]):
        assert len(text) < MOST_TEXT, "it would be cut in the middle of something"
        harmless(text)
    *simpler, text_alone = message.plainer()
    assert text_alone.fields() == {"text": message.text}
    for plainer in simpler:
        blocks = json.loads(json.dumps(plainer.fields()["blocks"]))
        assert message_faults(blocks) == []
        assert "carousel" not in [block["type"] for block in blocks]
    assert not any("accessory" in each for each in blocks)
    return fields


def harmless(text: str) -> None:
    rest = OURS.sub("", text)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r"&(?!amp;|lt;|gt;)", rest)
    assert rest.count("`") % 2 == 0
    assert "``" not in rest
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", rest)


@settings(max_examples=some.FEW)
@given(some.requests(State.CHECKED), some.maybe(some.words), languages)
def test_an_announcement_can_be_sent(request, name, texts):
    sendable(telling.announcement(request, name, texts))


@settings(max_examples=some.FEW)
@given(
    some.requests(State.PENDING),
    some.progresses,
    some.maybe(st.floats(0, 1e6)),
    st.floats(0, 2e9),
    languages,
)
def test_progress_can_be_sent(request, progress, usual, now, texts):
    sendable(telling.running(request, progress, usual, now, texts))


@pytest.mark.parametrize("outcome", list(Outcome))
@settings(max_examples=some.FEW)
@given(data=st.data(), texts=languages)
def test_every_outcome_can_be_sent_and_its_announcement_closed(outcome, data, texts):
    request = data.draw(ended(outcome))

    said = sendable(telling.outcome(request, texts))
    sendable(telling.closing(request, texts))
    faded = sendable(telling.faded(request, texts.link("C1", "1700000000.000100"), texts))
    sendable(telling.faded(request, None, texts))
    assert "actions" not in [block["type"] for block in faded["blocks"]]

    assert said["text"].startswith(f"<@{request.origin.user}>, ")
    assert [block["type"] for block in said["blocks"]][-1] == "actions"


@settings(max_examples=some.FEW)
@given(some.requests(State.ENDED, of=some.generations(*some.ENDS[Outcome.FAILED]), most=20))
def test_an_outcome_of_as_many_sequences_as_a_request_takes_can_be_sent(request):
    sendable(telling.outcome(request, ENGLISH))


@pytest.mark.parametrize("kind", some.kinds(), ids=lambda kind: kind.__name__)
@given(data=st.data(), texts=languages)
def test_every_problem_has_words_that_can_be_sent(kind, data, texts):
    problem = data.draw(some.problems_of(kind))

    said = sendable(problems.problem_message(problem, texts))

    assert re.fullmatch(r"(?s)[A-Z`0-9].*[.?`]|.*(It says|Il indique ): .*", said["text"])


@given(
    some.problems,
    some.orders.filter(lambda order: len(order.selection.ids) <= 1),
    some.timestamps,
    st.builds(Estimate, some.maybe(st.floats(0, 1e9)), some.maybe(st.floats(0, 1e9))),
    languages,
)
def test_every_problem_with_what_was_asked_can_be_sent(problem, order, thread, estimate, texts):
    said = sendable(
        problems.problem_message(problem, texts, order=order, thread=thread, estimate=estimate)
    )

    asks = isinstance(problem, errors.AskFirst | errors.AlreadyRunning)
    if isinstance(problem, WhichSequence):
        asks = bool(problem.ids and problem.positions and problem.rooms)
    assert (said["blocks"][-1]["type"] == "actions") is asks


def test_usage_and_excuses_can_be_sent():
    for texts in (ENGLISH, FRENCH):
        for message in (
            usage(texts),
            usage(replace(texts, command="/" + "r" * 31)),
            problems.plain("not-written-down", texts),
            problems.plain("sorry", texts),
            problems.plain("too-slow", texts),
        ):
            sendable(message)


def knowing(names: list[str]) -> Texts:
    return replace(FRENCH, effects=Effects.with_extra(names, CATALOGUE.spoken(names)))


extra = st.lists(st.from_regex(r"[A-Z0-9_]{1,200}", fullmatch=True), max_size=120)


@settings(max_examples=some.FEW)
@given(extra)
def test_the_list_of_effects_can_be_sent_however_many_are_configured(names):
    sendable(effect_list(knowing(names)))


@settings(max_examples=some.FEW)
@given(extra, ended(Outcome.DONE))
def test_an_outcome_offers_effects_however_many_are_configured(names, request):
    sendable(telling.outcome(request, knowing(names)))


def test_of_nine_hundred_effects_the_first_hundred_that_fit_a_menu_are_offered():
    names = [f"EFFECT_{number:_<68}" for number in range(900)]
    effects = Effects(("TOO_LONG_FOR_A_MENU".ljust(76, "_"), *names))
    texts = replace(ENGLISH, effects=effects)

    sendable(effect_list(texts))
    request = a_request(State.ENDED, a_generation(2, GenerationState.DONE))
    said = sendable(telling.outcome(request, texts))

    menu = said["blocks"][-1]["elements"][1]
    [group] = menu["option_groups"]
    assert [option["value"] for option in group["options"]] == names[:100]
