"""Requests, videos, events and errors of every kind, for Hypothesis."""

import dataclasses
import typing
from typing import Any

from hypothesis import strategies as st

from bot.domain import errors, events, looking
from bot.domain.names import Flaw
from bot.domain.notice import Upload
from bot.domain.permissions import SILENT_GROUP, Standing
from bot.domain.progress import Progress, Stage
from bot.domain.request import (
    Generation,
    GenerationState,
    Order,
    Origin,
    Outcome,
    Reason,
    Request,
    Selection,
    State,
)
from bot.domain.share_links import Share
from bot.domain.video import Receipt, Sequence, SequenceStatus, Video, VideoStatus
from tests.depth import EXAMPLES, IN_CI

FEW = EXAMPLES if IN_CI else EXAMPLES // 2
"""How many examples are made of what is large: as many in CI as of everything."""

words = st.text(max_size=9) | st.sampled_from(
    ["<!channel>", "<@U2>", "<https://e.com|x>", "`", "``` x", "&" * 300, "<" * 300, "a\nb", "*_~",
     "\u202egpj", "ä" * 300, "x" * 300]
)  # fmt: skip
"""What people and IACrea may say, and what some would rather not have said."""
ids = st.sampled_from(
    ["kitchen", "550e8400-e29b-41d4-a716-446655440000", "-_" * 32, "A" * 64, "123456"]
)
slack_ids = st.sampled_from(["U12345678", "C12345678", "U0A0A0A0A"])
timestamps = st.sampled_from(["1700000000.000100", "1999999999.999999"])
images = st.sampled_from(
    ["https://e.com/a.jpg", "https://e.com/" + "a" * 980 + ".png", "https://e.com/ä?x=&y=`*"]
)
links = images | st.sampled_from(["http://e.com/v.mp4", 'https://e.com/<"&|>`.gif?x=<!channel>'])
amounts = st.floats(0, 1e9) | st.integers(0, 10**9)
moments = st.floats(1.6e9, 1.9e9)
positions = st.integers(1, 99)
rooms = st.sampled_from(["KITCHEN", "LIVING_ROOM", "WINE_CELLAR", "Anna's-desk"]) | words.map(
    lambda text: text[:100]
)
progresses = st.builds(
    Progress,
    stage=st.sampled_from(list(Stage)),
    done=st.integers(0, 9),
    of=st.integers(0, 9),
    rendered=st.floats(0, 1),
    status=words,
    ahead=st.integers(0, 3),
)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


orders = st.builds(
    Order,
    video=ids,
    selection=st.builds(
        Selection,
        positions=st.lists(positions, max_size=20, unique=True).map(tuple),
        ids=st.lists(ids, max_size=3).map(tuple),
        failed=st.booleans(),
    ),
    effect=maybe(st.sampled_from(["CAMERA_PUSH_IN", "AUTO_EFFECTS"])),
    image=maybe(images),
    agreed=st.lists(st.sampled_from([each.value for each in Reason]), unique=True).map(tuple),
    over=maybe(ids),
    watch=st.booleans(),
    since=maybe(moments),
    after_render=st.booleans(),
    pixels=maybe(st.tuples(st.integers(1, 10**5), st.integers(1, 10**5))),
)
origins = st.builds(
    Origin,
    user=slack_ids,
    channel=slack_ids,
    at=moments,
    thread=maybe(timestamps),
    response_url=maybe(st.just("https://hooks.slack.com/actions/T1/2/3")),
    open_thread=maybe(timestamps),
)


def generations(*states: GenerationState) -> st.SearchStrategy[Generation]:
    return st.builds(
        Generation,
        sequence=ids,
        position=positions,
        status=words.map(lambda text: text[:100]),
        effect=maybe(words.map(lambda text: text[:100])),
        url=maybe(links),
        state=st.sampled_from(states or tuple(GenerationState)),
        sent_at=maybe(moments),
        moved=st.booleans(),
        error_polls=st.integers(0, 5),
        generation_id=maybe(ids),
        new_url=maybe(links),
        credits_used=maybe(amounts),
        room=maybe(rooms),
    )


any_take = generations()

_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "by": slack_ids,
    "channel": slack_ids,
    "message": maybe(timestamps),
    "thread": maybe(timestamps),
    "reasons": st.lists(st.sampled_from([each.value for each in Reason]), min_size=1).map(tuple),
    "pending": st.lists(positions, max_size=20).map(tuple),
    "progress": maybe(st.floats(0, 1)),
    "video": ids,
    "request": ids,
    "started_by": st.lists(slack_ids, max_size=2).map(tuple),
}
_OF_KIND: dict[type[errors.UserError], dict[str, st.SearchStrategy[Any]]] = {
    errors.BadName: {"reason": st.sampled_from([each.value for each in Flaw])},
    errors.NotAllowed: {"why": st.sampled_from(["", SILENT_GROUP, *Standing])},
    looking.NotAPicture: {
        "found": st.sampled_from([looking.GONE, looking.DAMAGED, "page", "unknown", "pdf", "svg"]),
        "share": st.sampled_from(["", *map(str, Share)]),
    },
    looking.AskAboutPicture: {
        "format": st.sampled_from(["jpg", "webp"]),
        "shape": st.just("16:9"),
        "unseen": st.sampled_from([str(each) for each in looking.Unseen]),
    },
}
_TYPES: dict[Any, st.SearchStrategy[Any]] = {
    str: words,
    int: st.integers(1, 5000),
    bool: st.booleans(),
    tuple[int, ...]: st.lists(positions, min_size=1, max_size=20).map(tuple),
    tuple[str, ...]: st.lists(slack_ids, min_size=1, max_size=5).map(tuple),
    str | None: maybe(st.just("CAMERA_ORBIT_LEFT")),
    int | None: maybe(st.integers(400, 599)),
}


def kinds(base: type[errors.UserError] = errors.UserError) -> list[type[errors.UserError]]:
    """Every kind of `UserError` that can be raised: those that carry facts."""
    below = [kind for each in base.__subclasses__() for kind in kinds(each)]
    return [*([base] if dataclasses.is_dataclass(base) else []), *below]


def problems_of(kind: type[errors.UserError]) -> st.SearchStrategy[errors.UserError]:
    hints = typing.get_type_hints(kind)
    fields = {
        field.name: _FIELDS.get(field.name, _TYPES.get(hints[field.name]))
        for field in dataclasses.fields(kind)  # type: ignore[arg-type]
    }
    return st.builds(kind, **fields | _OF_KIND.get(kind, {}))


problems = st.sampled_from(kinds()).flatmap(problems_of)
missing = st.sampled_from([errors.NotAVideo, errors.NoSuchVideo, errors.NoSuchRequest]).flatmap(
    problems_of
)


def requests(
    *states: State, of: st.SearchStrategy[Generation] = any_take, most: int = 3
) -> st.SearchStrategy[Request]:
    """Of any content, with up to `most` sequences; one field may contradict another."""
    return st.builds(
        Request,
        id=ids,
        origin=origins,
        order=orders,
        state=st.sampled_from(states or tuple(State)),
        version=st.integers(1, 10**6),
        generations=st.lists(of, min_size=1, max_size=most).map(tuple),
        sequences=st.integers(0, 99),
        video_status=words,
        tries=st.integers(0, 99),
        stood=st.integers(0, 3),
        throttled=st.integers(0, 99),
        posting=st.booleans(),
        posting_at=maybe(moments),
        repeated=st.booleans(),
        message=maybe(timestamps),
        reply=maybe(timestamps),
        reply_lost=st.booleans(),
        told_privately=st.booleans(),
        problem=maybe(problems),
        deadline=maybe(moments),
        ended_at=maybe(moments),
        video_url=maybe(links),
        credits_left=maybe(amounts),
        name=maybe(words.map(lambda text: text[:40])),
        stopped_by=maybe(slack_ids),
        superseded_by=maybe(ids),
        faded=st.booleans(),
        upload=st.sampled_from(list(Upload)),
        file=maybe(ids),
        file_link=maybe(links),
    )


ENDS = {
    Outcome.DONE: (GenerationState.DONE,),
    Outcome.REJECTED: (GenerationState.WAITING, GenerationState.REFUSED),
    Outcome.FAILED: (GenerationState.FAILED, GenerationState.DONE, GenerationState.REFUSED),
    Outcome.EXPIRED: (GenerationState.EXPIRED, GenerationState.DONE),
    Outcome.STOPPED: (GenerationState.STOPPED, GenerationState.DONE),
    Outcome.UNCLEAR: (GenerationState.NOT_STARTED, GenerationState.DONE, GenerationState.FAILED),
}


sequences = st.builds(
    Sequence,
    id=st.sampled_from([f"sequence-{number}" for number in range(1, 5)]),
    status=st.sampled_from([*SequenceStatus, "odd"]),
    url=maybe(st.sampled_from(["https://e.com/1.jpg", "https://e.com/2.jpg"])),
)
videos = st.builds(
    Video,
    id=st.just("video-1"),
    status=st.sampled_from([*VideoStatus, "ODD"]),
    sequences=maybe(st.lists(sequences, max_size=4).map(tuple)),
    progress=maybe(st.floats(0, 1)),
    url=maybe(links),
    credits_left=maybe(amounts),
)


EVENTS: dict[type[events.Event], st.SearchStrategy[events.Event]] = {
    events.Checked: st.builds(events.Checked, videos, maybe(words)),
    events.Rejected: st.builds(events.Rejected, problems),
    events.Retrying: st.just(events.Retrying()),
    events.Posting: st.builds(events.Posting, st.booleans()),
    events.NotPosted: st.just(events.NotPosted()),
    events.Announced: st.builds(events.Announced, timestamps),
    events.TurnCame: st.just(events.TurnCame()),
    events.Sending: st.just(events.Sending()),
    events.Submitted: st.builds(events.Submitted, st.builds(Receipt, maybe(ids), amounts, amounts)),
    events.Throttled: st.just(events.Throttled()),
    events.NotSent: st.just(events.NotSent()),
    events.Lost: st.just(events.Lost()),
    events.Refused: st.builds(events.Refused, problems),
    events.Seen: st.builds(events.Seen, videos, st.just(0.0)),
    events.Gone: st.just(events.Gone()),
    events.TimedOut: st.just(events.TimedOut()),
    events.Stopped: st.builds(events.Stopped, slack_ids),
    events.Superseded: st.builds(events.Superseded, ids),
    events.Faded: st.just(events.Faded()),
    events.Uploaded: st.builds(events.Uploaded, ids),
    events.UploadEnded: st.just(events.UploadEnded()),
    events.Told: st.builds(events.Told, maybe(timestamps)),
    events.ReplyLost: st.just(events.ReplyLost()),
    events.ToldPrivately: st.just(events.ToldPrivately()),
    events.Abandoned: st.just(events.Abandoned()),
    events.Closed: st.builds(events.Closed, st.booleans()),
}
"""Every kind of event, with everything it may carry but its time."""
