"""Every message that the bot can produce, whatever it is about; and what people see of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from bot.domain.command import (
    FollowVideo,
    NameVideo,
    ShowRequest,
    ShowStoryboard,
    ShowTakes,
    VideoRef,
)
from bot.domain.effects import DOCUMENTED
from bot.domain.estimate import Estimate
from bot.domain.mention import Guess
from bot.domain.request import MessageTs, Outcome, Request, Selection, State
from bot.domain.storyboard import Storyboard
from bot.slack.answering import late_question
from bot.slack.blocks import problems
from bot.slack.blocks.buttons import PrivateCopy
from bot.slack.blocks.did_you_mean import did_you_mean
from bot.slack.blocks.drafts import Prefill
from bot.slack.blocks.message import Message
from bot.slack.blocks.texts import Texts
from bot.slack.command.messages import effect_list, usage
from bot.slack.following import messages as following
from bot.slack.mention import messages as mention
from bot.slack.naming import sequences_view
from bot.slack.naming import view as naming
from bot.slack.status import messages as status
from bot.slack.storyboard import messages as storyboard
from bot.slack.storyboard.messages import PageRef
from bot.slack.takes import messages as takes
from bot.slack.telling import messages as telling
from bot.slack.welcome import messages as welcome
from tests.domain import follows as some_follows
from tests.domain import strategies as some
from tests.messages.test_status import overviews, running_ones
from tests.messages.test_storyboard import storyboards
from tests.messages.test_takes import takes_of_sequences

CLOSED = {"confirm", "options", "option_groups"}
"""What nobody sees before pressing: a dialog, and what a menu offers."""

estimate = st.builds(Estimate, some.maybe(some.amounts), some.maybe(some.amounts))


def ended(outcome: Outcome, most: int = 3) -> st.SearchStrategy[Request]:
    def so(request: Request) -> Request:
        """Has its last sequence decide, where none of the others does."""
        if request.outcome is outcome:
            return request
        *others, last = request.generations
        decisive = replace(last, state=some.ENDS[outcome][0])
        return replace(request, generations=(*others, decisive))

    return some.requests(State.ENDED, of=some.generations(*some.ENDS[outcome]), most=most).map(so)


any_end = st.sampled_from(list(Outcome)).flatmap(ended)
copies = some.maybe(st.builds(PrivateCopy, some.maybe(some.timestamps)))
some_of = st.builds(
    Selection, st.lists(some.positions, max_size=20, unique=True).map(tuple), failed=st.booleans()
)
effects = some.maybe(st.sampled_from(DOCUMENTED))
guesses = st.builds(Guess, some_of, effects, st.booleans())
wishes = st.builds(Prefill, some.maybe(some.ids), some_of, effects, some.maybe(some.images))
named_videos = st.lists(some.ids, min_size=2, unique=True).map(
    lambda ids: {each: f"`{number}` &" if number % 2 else None for number, each in enumerate(ids)}
)
nearby_videos = st.lists(some.ids, min_size=1, max_size=3, unique=True).map(
    lambda ids: {each: f"{number}&`" if number else None for number, each in enumerate(ids)}
)
wanted_of_videos = some.orders | st.sampled_from(
    [
        ShowStoryboard(VideoRef("v")),
        ShowRequest("r", VideoRef("v")),
        NameVideo(VideoRef("v"), "x" * 40),
        ShowTakes(VideoRef("v"), Selection((2,))),
    ]
)


def _turned(board: Storyboard, page: int, thread: MessageTs | None, texts: Texts) -> Message:
    return storyboard.private(board, PageRef(board.video.id, page, thread), texts)


EVERY: dict[str, tuple[Callable[..., Message], tuple[st.SearchStrategy[Any], ...]]] = {
    "announcement": (
        telling.announcement,
        (some.requests(State.CHECKED), some.maybe(some.words)),
    ),
    "waiting": (telling.waiting, (some.requests(State.CHECKED),)),
    "in line": (telling.in_line, (some.requests(State.IN_LINE), some.progresses)),
    "repetition": (telling.repetition, (some.requests(State.PENDING),)),
    "running": (
        telling.running,
        (
            some.requests(State.PENDING),
            some.progresses,
            some.maybe(st.floats(0, 1e6)),
            st.floats(0, 2e9),
        ),
    ),
    "closing": (telling.closing, (any_end,)),
    "outcome": (
        lambda request, copy, texts: telling.outcome(request, texts, copy),
        (any_end, copies),
    ),
    "faded": (
        telling.faded,
        (any_end, some.maybe(st.just("https://acme.slack.com/archives/C1/p1"))),
    ),
    "problem": (
        lambda error, order, known, texts: problems.problem_message(
            error, texts, order=order, estimate=known
        ),
        (
            some.problems,
            some.maybe(some.orders.filter(lambda order: len(order.selection.ids) <= 1)),
            estimate,
        ),
    ),
    "did you mean": (
        did_you_mean,
        (some.missing, wanted_of_videos, nearby_videos, some.maybe(some.timestamps)),
    ),
    "did you mean to follow": (
        did_you_mean,
        (some.missing, st.just(FollowVideo(VideoRef("v"))), nearby_videos, st.none()),
    ),
    "given up": (late_question.question, (some.requests(State.ACCEPTED),)),
    "mentioned alone": (mention.greeting, ()),
    "hello": (welcome.hello, ()),
    "prose": (mention.prose, (guesses, some.maybe(some.ids))),
    "no video": (mention.no_video, (wishes,)),
    "which video": (
        mention.which_video,
        (some.orders, named_videos, some.maybe(some.timestamps)),
    ),
    "which is shown": (mention.which_shown, (named_videos,)),
    "plain": (
        problems.plain,
        (st.sampled_from(["sorry", "too-slow", "not-written-down", "busy"]),),
    ),
    "usage": (usage, ()),
    "effects": (effect_list, ()),
    "named": (naming.already_called, (some.ids, some.words)),
    "sequences named": (
        sequences_view.names_message,
        (some.ids, st.dictionaries(some.positions, st.just("") | some.rooms), some.words),
    ),
    "follow begun": (following.begun, (some_follows.carded, some.maybe(some.words))),
    "follow": (following.card, (some_follows.running, some.progresses)),
    "follow closed": (following.closed, (some_follows.ended,)),
    "sequence failed": (
        following.failed,
        (some_follows.running, some_follows.failing, some.maybe(some.amounts)),
    ),
    "follow ended": (following.ended, (some_follows.told_ends, some.maybe(some.amounts))),
    "done already": (following.done_already, (storyboards, some.moments)),
    "status": (status.status, (overviews, st.none() | some.slack_ids)),
    "shown running": (
        status.shown_running,
        (running_ones, some.maybe(some.progresses), some.maybe(some.amounts), some.moments),
    ),
    "told elsewhere": (telling.told_elsewhere, (any_end,)),
    "shown ended": (status.shown_ended, (any_end, some.slack_ids)),
    "private storyboard": (_turned, (storyboards, st.integers(0, 3), some.maybe(some.timestamps))),
    "earlier takes": (takes.earlier_takes, (takes_of_sequences,)),
    "shared storyboard": (storyboard.shared, (storyboards,)),
}
"""How each is built, and of what; the voice comes last."""


def visible(node: Any) -> Iterator[str]:
    """The texts that somebody sees before pressing anything, but those of buttons and menus."""
    if isinstance(node, list):
        for each in node:
            yield from visible(each)
    elif isinstance(node, dict) and node.get("type") not in {"button", "static_select", "image"}:
        for key in ("text", "title", "subtitle", "body", "elements", "accessory"):
            each = node.get(key)
            if isinstance(each, str):
                yield each
            else:
                yield from visible(each)


def found(node: Any, kind: str) -> Iterator[dict[str, Any]]:
    """Every element of that type, wherever it stands."""
    if isinstance(node, list):
        for each in node:
            yield from found(each, kind)
    elif isinstance(node, dict):
        if node.get("type") == kind:
            yield node
        for key, each in node.items():
            if key not in CLOSED:
                yield from found(each, kind)


def names(blocks: list[dict[str, Any]]) -> list[str]:
    """What a screen reader calls each thing that can be pressed."""
    buttons = [
        each.get("accessibility_label", each["text"]["text"]) for each in found(blocks, "button")
    ]
    menus = [each["placeholder"]["text"] for each in found(blocks, "static_select")]
    labels = [each["label"]["text"] for each in found(blocks, "input")]
    return [*buttons, *(labels or menus)]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
