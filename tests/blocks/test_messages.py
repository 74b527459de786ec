"""Every message the bot can produce, with words in it that mean no good."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.effects import Effects
from bot.domain.progress import Progress, Stage
from bot.domain.request import Outcome, Request, State, TakeState
from bot.simulator.slack.block_kit import message_faults
from bot.slack.blocks import generation, problems
from bot.slack.blocks.help import effect_list, usage
from bot.slack.blocks.message import MOST_TEXT, Message
from bot.slack.blocks.problems import Workspace
from tests.domain import strategies as some
from tests.domain.makers import a_request, a_take

EFFECTS = Effects.with_extra()
AT = Workspace("/regen", "https://acme.slack.com/")
OURS = re.compile(
    r"<@[UC][A-Z0-9]+>|<https://acme\.slack\.com/archives/[UC][A-Z0-9]+/p\d{16}\|[a-z' ]+>"
)
"""All that may stand in angle brackets: the people who asked, and links to our own messages."""


def sendable(message: Message) -> dict[str, Any]:
    """What goes to Slack, once everything that holds for each message was seen to hold."""
    fields = message.fields()
    assert message_faults(json.loads(json.dumps(fields["blocks"]))) == []
    assert 0 < len(message.text) <= 4000
    assert message.text.strip()
    for text in (message.text, *marked_up(fields["blocks"])):
        assert len(text) < MOST_TEXT, "it would be cut in the middle of something"
        harmless(text)
    assert not any("accessory" in each for each in message.without_pictures().fields()["blocks"])
    return fields


def marked_up(node: Any) -> Iterator[str]:
    """Every mrkdwn text, all of which Slack has to leave as they are."""
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            assert node["verbatim"] is True
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from marked_up(each)


def harmless(text: str) -> None:
    rest = OURS.sub("", text)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r"&(?!amp;|lt;|gt;)", rest)
    assert rest.count("`") % 2 == 0
    assert "``" not in rest
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", rest)


def ended(outcome: Outcome, most: int = 3) -> st.SearchStrategy[Request]:
    found = some.requests(State.ENDED, of=some.takes(*some.ENDS[outcome]), most=most)
    return found.filter(lambda request: request.outcome is outcome)


stages = st.builds(
    Progress,
    stage=st.sampled_from(list(Stage)),
    done=st.integers(0, 9),
    of=st.integers(0, 9),
    rendered=st.floats(0, 1),
    status=some.words,
)


@given(some.requests(State.CHECKED))
def test_an_announcement_can_be_sent(request):
    sendable(generation.announcement(request))


@given(some.requests(State.PENDING), stages)
def test_progress_can_be_sent(request, progress):
    sendable(generation.running(request, progress))


@pytest.mark.parametrize("outcome", list(Outcome))
@given(data=st.data())
def test_every_outcome_can_be_sent_and_its_announcement_closed(outcome, data):
    request = data.draw(ended(outcome))

    said = sendable(generation.outcome(request, EFFECTS, AT))
    sendable(generation.closing(request, EFFECTS, AT))

    assert said["text"].startswith(f"<@{request.asked.by}>, ")
    assert [block["type"] for block in said["blocks"]][-1] == "actions"


@given(some.requests(State.ENDED, of=some.takes(*some.ENDS[Outcome.FAILED]), most=20))
def test_an_outcome_of_as_many_sequences_as_a_request_takes_can_be_sent(request):
    sendable(generation.outcome(request, EFFECTS, AT))


@pytest.mark.parametrize("kind", some.kinds(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_problem_has_words_that_can_be_sent(kind, data):
    problem = data.draw(some.problems_of(kind))

    said = sendable(problems.problem(problem, AT))

    assert re.fullmatch(r"(?s)[A-Z`0-9].*[.?`]|.*It says: .*", said["text"])


@given(some.problems, some.wishes.filter(lambda wish: len(wish.pick.ids) <= 1), some.timestamps)
def test_every_problem_with_what_was_asked_can_be_sent(problem, wish, thread):
    said = sendable(problems.problem(problem, AT, wish=wish, thread=thread))

    asks = isinstance(problem, errors.AskFirst | errors.AlreadyRunning)
    assert (said["blocks"][-1]["type"] == "actions") is asks


def test_usage_and_excuses_can_be_sent():
    for message in (
        usage("/regen"),
        usage("/" + "r" * 31),
        problems.not_written_down(),
        problems.sorry(),
    ):
        sendable(message)


extra = st.lists(st.from_regex(r"[A-Z0-9_]{1,200}", fullmatch=True), max_size=120)


@given(extra)
def test_the_list_of_effects_can_be_sent_however_many_are_configured(names):
    sendable(effect_list(Effects.with_extra(names), "/regen"))


@given(extra, ended(Outcome.DONE))
def test_an_outcome_offers_effects_however_many_are_configured(names, request):
    sendable(generation.outcome(request, Effects.with_extra(names), AT))


def test_of_nine_hundred_effects_the_first_hundred_that_fit_a_menu_are_offered():
    names = [f"EFFECT_{number:_<68}" for number in range(900)]
    effects = Effects(("TOO_LONG_FOR_A_MENU".ljust(76, "_"), *names))

    sendable(effect_list(effects, "/regen"))
    request = a_request(State.ENDED, a_take(2, TakeState.DONE))
    said = sendable(generation.outcome(request, effects, AT))

    menu = said["blocks"][-1]["elements"][1]
    assert [option["value"] for option in menu["options"]] == names[:100]
