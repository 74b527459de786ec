"""Every word that people see comes from the catalogue: in a language of brackets none is left.

What people and IACrea say is Greek here, so that each Latin letter must come from the catalogue or
be what is typed behind the command, which is the same in every language.
"""

import json
import re
import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.effects import Effects
from bot.domain.estimate import Estimate
from bot.domain.mention import Guess
from bot.domain.names import Flaw
from bot.domain.permissions import SILENT_GROUP, Standing
from bot.domain.progress import Progress, Stage
from bot.domain.request import GenerationState, Order, Outcome, Reason, Request, Selection, State
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, Video, VideoId
from bot.slack.blocks import problems
from bot.slack.blocks.catalogue import Value, Words
from bot.slack.blocks.drafts import Prefill
from bot.slack.blocks.modal import field_error, with_notice
from bot.slack.blocks.texts import Texts
from bot.slack.command.messages import effect_list, usage
from bot.slack.form.fields import Draft, FormContext
from bot.slack.form.view import Form, confirmation, form, loading
from bot.slack.home.view import Viewer, home
from bot.slack.mention import messages as mention
from bot.slack.naming import view as naming
from bot.slack.status import messages as status
from bot.slack.status.messages import Report
from bot.slack.storyboard import messages as storyboard
from bot.slack.storyboard.messages import PageRef
from bot.slack.telling import messages as telling
from tests.domain import strategies as some
from tests.domain.makers import NOW, a_generation, a_request, an_order


class Brackets(Words):
    """A language whose texts are their own ids, with what is put into them behind."""

    def __call__(self, message_id: str, /, **values: Value) -> str:
        super().__call__(message_id, **values)
        return " ".join([f"⟦{message_id}⟧", *map(str, values.values())])

    def effect(self, name: str) -> str:
        return f"⟦effect-{name}⟧" if self._bundle.has_message(f"effect-{name}") else name

    def also(self, name: str) -> tuple[str, ...]:
        return tuple(f"⟦also-{name}⟧" for _ in super().also(name))

    def listed(self, items: Iterable[str]) -> str:
        return " + ".join(items)


GREEK = "Ωμέγα"
VOICE = Texts(Brackets("en"), Effects.with_extra([GREEK]), "/7", "https://e.com/", mention="<@U7>")
VIDEO = VideoId("123456")
LINKS = ("https://e.com/1.jpg", "https://e.com/2.jpg", "https://e.com/1.mp4", "https://e.com/2.mp4")
TYPED = {"help", "effects", "status", "failed", "last", "name", "show", "lilac", "street"} | {
    "again", "watch", "takes", "video", "sequence", "https", "kitchen", "jpg",
}  # fmt: skip
"""What is typed behind the command, or stands there for it: the same in every language."""
SLACKS = set(re.findall("[a-z]+", " ".join(problems._POSTING)))
"""Of Slack's names for errors, which are shown as code."""
UNSEEN = re.compile(r"⟦[^⟧]*⟧|<!date\^[^>]*>|<[@#][^>]*>|<https?://[^|>]*\|?|https?://[^\s`]*")
CODE = re.compile(r"`[^`]*`")


def seen(part: Any) -> Iterator[str]:
    """Every text in blocks or in a view that somebody sees."""
    if isinstance(part, list | tuple):
        for each in part:
            yield from seen(each)
    elif isinstance(part, dict):
        for key, each in part.items():
            if isinstance(each, str) and key in {"text", "alt_text", "title"}:
                yield each
            elif not isinstance(each, str):
                yield from seen(each)


def left(part: Any) -> set[str]:
    """The words that come from nowhere."""
    words = set()
    for text in seen(part):
        shown = UNSEEN.sub(" ", text.replace("&lt;", " ").replace("&gt;", " "))
        typed = {each for code in CODE.findall(shown) for each in latin(code)} & (TYPED | SLACKS)
        words |= set(latin(CODE.sub(" ", shown))) | set(latin(shown)) - typed
    return words


def latin(text: str) -> list[str]:
    return re.findall(r"[A-Za-z\u00c0-\u024f]+", text)


def all_from_the_catalogue(*said: Any) -> None:
    for each in said:
        shown = each if isinstance(each, dict) else each.fields()
        assert list(seen(json.loads(json.dumps(shown)))), "nothing is seen of it"
        assert left(shown) == set()


def wished(*positions: int, **changes: Any) -> Order:
    return replace(an_order(*positions, **changes), video=VIDEO)


def ended(outcome: Outcome, **changes: Any) -> Request:
    generations = [
        a_generation(
            position, state, effect="CAMERA_MOVE_RIGHT", url=LINKS[0], new_url=LINKS[1],
            credits_used=2.5,
        )
        for position, state in enumerate(some.ENDS[outcome], start=1)
    ]  # fmt: skip
    return a_request(
        State.ENDED,
        *generations,
        **{
            "order": wished(effect="CAMERA_PUSH_OUT", image=LINKS[0]),
            "reply": "1700000000.000200",
            "credits_left": 3,
            "video_url": LINKS[2],
            "problem": errors.NotAccepted(422, GREEK),
            "stopped_by": "U2",
            **changes,
        },
    )


RUNNING = a_request(
    State.PENDING,
    a_generation(1, GenerationState.RUNNING),
    a_generation(2, GenerationState.DONE),
    name=GREEK,
)
SEQUENCES = (
    Sequence("1", "success", effect="AUTO_REVERSE", url=LINKS[0]),
    Sequence("2", "error", effect=GREEK),
    Sequence("3", "pending"),
    Sequence("4", GREEK),
    Sequence("5", ""),
) * 5
BOARDS = [
    Storyboard(Video(VIDEO, state, sequences=SEQUENCES, url=LINKS[2]), name, estimate)
    for state, name, estimate in (
        ("DONE", GREEK, Estimate(3.0, 1.0)),
        ("FAILED", None, Estimate()),
        ("RENDERING_VIDEO", None, Estimate(left=5)),
        (GREEK, None, Estimate()),
    )
]


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize(
    "changes",
    [{}, {"reply": None, "problem": None, "credits_left": None}, {"order": wished(watch=True)}],
    ids=["told", "not told", "watched"],
)
def test_outcomes(outcome, changes):
    request = ended(outcome, **changes)
    film = replace(
        request, generations=(replace(request.generations[0], url=LINKS[2], new_url=LINKS[3]),)
    )

    for each in (request, film):
        all_from_the_catalogue(
            telling.outcome(each, VOICE),
            telling.closing(each, VOICE),
            telling.faded(each, "https://e.com/archives/1", VOICE),
            telling.faded(each, None, VOICE),
            status.shown_ended(each, "C1", VOICE),
        )


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("usual", [None, 30.0, 3000.0])
def test_what_runs(stage, usual):
    progress = Progress(stage, done=1, of=2, rendered=0.4, status=GREEK)

    all_from_the_catalogue(
        telling.announcement(RUNNING, GREEK, VOICE),
        telling.announcement(RUNNING, None, VOICE),
        telling.running(RUNNING, progress, usual, NOW + 60, VOICE),
        status.shown_running(RUNNING, progress, usual, NOW, VOICE),
        status.shown_running(RUNNING, None, None, NOW, VOICE),
    )


def greek(kind: type[errors.UserError]) -> Iterator[errors.UserError]:
    """That error with facts of all kinds, and with as few as it may have."""
    hints = typing.get_type_hints(kind)
    full: dict[Any, Any] = {
        str: GREEK, int: 3, bool: True, float | None: 0.4, int | None: 503,
        str | None: "AUTO_REVERSE", tuple[int, ...]: (1, 2), tuple[str, ...]: ("EMPTY", "KIDS"),
    }  # fmt: skip
    few = {**full, bool: False, float | None: None, int | None: None, str | None: None, int: 1}
    few |= {tuple[str, ...]: ()}
    for facts in (full, few):
        values = {each.name: facts[hints[each.name]] for each in fields(kind)}  # type: ignore[arg-type]
        if kind is errors.AskFirst:
            values["reasons"] = tuple(Reason)
        if kind is errors.AlreadyRunning:
            yield kind(**values | {"by": "", "message": None})  # type: ignore[call-arg]
        if kind is errors.NotAllowed:
            yield from (kind(**values | {"why": why}) for why in (*Standing, SILENT_GROUP))  # type: ignore[call-arg]
        reasons = [*Flaw] if kind is errors.BadName else [GREEK, *problems._POSTING]
        for reason in reasons if "reason" in values else [None]:
            yield kind(**values if reason is None else {**values, "reason": reason})


@pytest.mark.parametrize("kind", some.kinds(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("estimate", [Estimate(), Estimate(3.0, 40.0)])
def test_problems(kind, estimate):
    order = wished()
    for error in greek(kind):
        all_from_the_catalogue(
            problems.problem_message(error, VOICE),
            problems.problem_message(
                error, VOICE, order=order, thread="1700000000.000100", estimate=estimate
            ),
        )


def test_what_stands_beside_a_field():
    for problem in ("form-error-sequences", *greek(errors.NotAllowed), errors.NoSuchVideo("123")):
        all_from_the_catalogue({"text": field_error(problem, VOICE)})


def test_help_and_excuses():
    all_from_the_catalogue(
        usage(VOICE),
        effect_list(VOICE),
        mention.greeting(VOICE),
        mention.prose(Guess(Selection((2,)), "CAMERA_PUSH_OUT"), VIDEO, VOICE),
        mention.no_video(Prefill(), VOICE),
        mention.which_video(wished(2), {VIDEO: None}, None, VOICE),
        *(problems.plain(each, VOICE) for each in ("not-written-down", "sorry", "too-slow")),
    )


@pytest.mark.parametrize("board", BOARDS)
def test_storyboards(board):
    all_from_the_catalogue(
        storyboard.shared(board, VOICE),
        *(storyboard.private(board, PageRef(VIDEO, page), VOICE) for page in range(3)),
    )
    for plainer in storyboard.shared(board, VOICE).plainer():
        all_from_the_catalogue(plainer)


@pytest.mark.parametrize(
    "overview",
    [
        Report(),
        Report((RUNNING,) * 50, tuple(map(ended, Outcome)), 1.0, (("U1", 2.5), ("U2", 1))),
        Report(
            (a_request(order=wished()), a_request(State.ANNOUNCED, a_generation(), order=wished())),
            (),
            0.0,
        ),
    ],
)
def test_overviews(overview):
    all_from_the_catalogue(
        status.status(overview, None, VOICE),
        home(overview, Viewer("U1", None), VOICE),
        home(overview, Viewer("U1", "U1", {"video-1": None}), VOICE),
    )


@pytest.mark.parametrize("board", [None, *BOARDS])
@pytest.mark.parametrize("opened", [FormContext("C1"), FormContext(cost=3.0, left=1.0)])
def test_modals(board, opened):
    draft = Draft(video=VIDEO, positions=(1,), effect="CAMERA_PUSH_IN", image=LINKS[0])
    shown = form(Form(opened, draft, board), VOICE)
    several = wished(1, 2)

    all_from_the_catalogue(
        shown,
        with_notice(shown, VOICE.say("sorry")),
        form(Form(opened, Draft(), None, VOICE.say("form-unread")), VOICE),
        loading(VOICE),
        confirmation(several, replace(opened, channel="C1"), VOICE),
        naming.name_modal(VIDEO, "C1", VOICE),
        naming.already_called(VIDEO, GREEK, VOICE),
    )


@pytest.mark.parametrize("text", ["hello", "`hello`", "<https://e.com|there>", "⟦id⟧ is"])
def test_a_word_from_nowhere_would_be_seen(text):
    assert left({"blocks": [{"elements": [{"text": {"text": text}}]}]})
