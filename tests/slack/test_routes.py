"""Whatever a message, a view or a card can carry is answered, and nothing else is listened to."""

import ast
import importlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.app.building import SlackSide, build
from bot.app.core import build_core
from bot.app.workspace import Workspace
from bot.config import Config
from bot.deliveries import PendingDeliveries
from bot.domain.command import NameVideo, VideoRef
from bot.domain.errors import AskFirst, NoSuchVideo
from bot.domain.follow import Follow, FollowEnd, FollowState
from bot.domain.line_problems import WaitedInVain
from bot.domain.request import (
    ChannelId,
    Generation,
    GenerationState,
    Order,
    Origin,
    Reason,
    Request,
    RequestId,
    Selection,
    State,
    UserId,
)
from bot.domain.video import SequenceId, VideoId
from bot.slack.answering.user_groups import UserGroups
from bot.slack.blocks.answers import answers
from bot.slack.blocks.did_you_mean import did_you_mean
from bot.slack.blocks.problems import problem_message
from bot.slack.connection.installation import Installation
from bot.slack.connection.routing import RouteKind
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.following import messages as following
from bot.slack.form.fields import FormContext
from bot.slack.form.view import Form, confirmation, form
from bot.slack.home.view import Viewer, home
from bot.slack.moved_channels import MovedChannels
from bot.slack.naming.sequences_view import NamedSequence, Opened, sequences_modal
from bot.slack.naming.view import name_modal
from bot.slack.status.messages import Report
from bot.slack.storyboard.messages import PageRef, private
from bot.slack.telling.messages import outcome
from bot.store.client import connect
from bot.store.stores import Stores
from tests.conftest import ROOT
from tests.depth import IN_CI
from tests.messages.every import EVERY
from tests.messages.test_form import boards, drafts, places
from tests.messages.test_home import viewers
from tests.messages.test_status import overviews
from tests.messages.test_storyboard import a_board
from tests.texts import ENGLISH

REQUIRED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}
SLACK = ROOT / "bot" / "slack"
Ids = set[tuple[RouteKind, str]]
RENDERING = problem_message(
    AskFirst((Reason.RENDERING.value,), (1,)),
    ENGLISH,
    order=Order(VideoId("video-1"), Selection(positions=(1,))),
)
LATE = Request(
    RequestId("request-1"),
    Origin(UserId("U1"), ChannelId("C1"), at=0.0),
    Order(VideoId("video-1"), Selection(positions=(1,)), after_render=True),
    state=State.ENDED,
    generations=(Generation(SequenceId("s1"), 1, "success"),),
    problem=WaitedInVain(30),
)
UNWATCHED = replace(
    LATE,
    problem=None,
    generations=(Generation(SequenceId("s1"), 1, "success", state=GenerationState.EXPIRED),),
)
WAITS = replace(LATE, state=State.IN_LINE, problem=None)
EXPIRED = Follow(
    RequestId("follow-1"),
    LATE.origin,
    VideoId("video-1"),
    state=FollowState.ENDED,
    end=FollowEnd.EXPIRED,
)
SELDOM = (
    problem_message(
        AskFirst((Reason.SEVERAL.value,), (1, 2)),
        ENGLISH,
        order=Order(VideoId("video-1"), Selection(positions=(1, 2))),
    ),
    private(a_board(30), PageRef(VideoId("video-1"), page=1), ENGLISH),
    RENDERING,
    outcome(LATE, ENGLISH),
    did_you_mean(
        NoSuchVideo("lylac"),
        NameVideo(VideoRef(VideoId("lylac")), "lilac"),
        {VideoId("video-1"): None},
        None,
        ENGLISH,
    ),
    following.ended(EXPIRED, None, ENGLISH),
)
"""Carry what few of their kind do: a yes to several at once, the way to the next page, a yes that
waits, the way back in line, a name for the video that was meant, and going on to follow."""
VIEWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "form": st.builds(form, st.builds(Form, places, drafts, boards), st.just(ENGLISH)),
    "confirmation": st.just(
        confirmation(Order(VideoId("video-1"), Selection(positions=(1, 2))), FormContext(), ENGLISH)
    ),
    "naming": st.just(name_modal(VideoId("video-1"), ChannelId("C1"), ENGLISH)),
    "naming sequences": st.just(
        sequences_modal(
            Opened(VideoId("video-1"), ChannelId("C1"), None, (NamedSequence("s1", 1, "desk"),)),
            ENGLISH,
        )
    ),
    "home": st.builds(home, overviews, viewers, st.just(ENGLISH)),
    "home, not watched to the end": st.just(
        home(Report(ended=(UNWATCHED,)), Viewer(UserId("U1"), None), ENGLISH)
    ),
    "home, waiting in line": st.just(
        home(Report(running=(WAITS,)), Viewer(UserId("U1"), None), ENGLISH)
    ),
    "question at home": st.builds(
        lambda message: next(answers(message, ENGLISH, "home-request")),
        st.sampled_from([SELDOM[0], RENDERING]),
    ),
}
"""Every view that can be acted on."""


@pytest.fixture(scope="module")
def side() -> SlackSide:
    return built()


def built() -> SlackSide:
    """As a bot builds it that has just learned who it is."""
    config = Config.from_env(REQUIRED)
    stores = Stores.over(connect("redis://127.0.0.1:1"), "regen:", poll_interval=3.0)
    client = web_client("xoxb-1", "http://127.0.0.1:1/")
    moved = MovedChannels(stores.channels, ())
    installation = Installation("T1", None, "B1", "U1", "https://e.com/", frozenset(), "xoxb-1")
    slack = WebApi(client, moved.where)
    groups = UserGroups(stores.user_groups, slack, installation.scopes, ())
    workspace = Workspace(client, slack, moved, groups, installation)
    return build(build_core(config, stores, PendingDeliveries()), workspace)


def routed(side: SlackSide, *kinds: RouteKind) -> list[tuple[RouteKind, str]]:
    routes = (route for surface in side.surfaces for route in surface.routes())
    return [(each.kind, each.id) for each in routes if each.id is not None and each.kind in kinds]


def asked(node: Any) -> Iterator[tuple[RouteKind, str]]:
    """What Slack delivers when somebody acts on something in there.

    Of fields it tells only once the form is submitted, but for those that dispatch their action
    (Block Kit reference, input block).
    """
    if isinstance(node, list):
        for each in node:
            yield from asked(each)
    elif isinstance(node, dict):
        silent = node.get("type") == "input" and not node.get("dispatch_action")
        for key, each in node.items():
            yield from () if silent and key == "element" else asked(each)
        if "action_id" in node:
            yield RouteKind.ACTION, node["action_id"]
        if node.get("type") == "external_select":
            yield RouteKind.OPTIONS, node["action_id"]
        if node.get("callback_id"):
            yield RouteKind.VIEW, node["callback_id"]


def collected(strategy: st.SearchStrategy[Any], shown: Callable[[Any], Any]) -> Ids:
    """The ids in some of them, always the same ones; what is rarer is listed by itself, above."""
    found: Ids = set()

    @settings(
        derandomize=True,
        max_examples=40 if IN_CI else 5,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def look(example: Any) -> None:
        found.update(asked(shown(example)))

    look()
    return found


@pytest.fixture
def carried() -> Ids:
    """Everything that a message, a view or a card can carry."""
    found = set().union(*(collected(view, lambda shown: shown) for view in VIEWS.values()))
    for build_message, parts in EVERY.values():
        messages = st.builds(build_message, *parts, st.just(ENGLISH))
        found |= collected(messages, lambda each: each.fields().get("blocks"))
    for each in SELDOM:
        found |= set(asked(each.fields()["blocks"]))
    return found


def test_whatever_can_be_pressed_chosen_or_submitted_has_a_route_and_no_route_is_left_over(
    side, carried
):
    assert carried == set(
        routed(side, RouteKind.ACTION, RouteKind.OPTIONS, RouteKind.VIEW, RouteKind.VIEW_CLOSED)
    )


def test_every_shortcut_command_and_event_of_the_manifest_has_a_route_and_no_other(side):
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    features = manifest["features"]
    events = manifest["settings"]["event_subscriptions"]["bot_events"]

    assert set(routed(side, RouteKind.COMMAND, RouteKind.SHORTCUT, RouteKind.EVENT)) == {
        *((RouteKind.COMMAND, each["command"]) for each in features["slash_commands"]),
        *((RouteKind.SHORTCUT, each["callback_id"]) for each in features["shortcuts"]),
        *((RouteKind.EVENT, each.removesuffix(".im")) for each in events),
    }


def test_no_id_is_answered_twice_and_every_other_one_once(side):
    routes = [route for surface in side.surfaces for route in surface.routes()]
    times = Counter((each.kind, each.id) for each in routes)

    assert set(times.values()) == {1}
    assert {kind for kind, of in times if of is None} == set(RouteKind)


def written() -> Iterator[str]:
    """Ids that the code gives to what can be pressed: `action_id=…`, or `button(…)`."""
    for path in SLACK.rglob("*.py"):
        module = importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named = [each.value for each in node.keywords if each.arg == "action_id"]
                if ast.unparse(node.func).rpartition(".")[2] == "button":
                    named.append(node.args[0])
                for each in named:
                    value = module
                    for name in ast.unparse(each).split("."):
                        value = getattr(value, name, None)
                    if isinstance(value, str):
                        yield value


def test_every_id_that_the_code_writes_has_a_route_or_is_a_silent_field(side):
    """As each route was seen in a message, one that nobody listed among all of them is noticed."""
    silent = {
        "form_sequences",
        "form_effect",
        "form_image",
        "form_use_image",
        "form_channel",
        "name",
        "sequence_naming",
    }

    assert set(written()) - silent == {of for _, of in routed(side, RouteKind.ACTION)}
