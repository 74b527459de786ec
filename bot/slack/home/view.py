"""Builds the Home tab: one's requests, or everybody's for an administrator, and one's videos."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot.domain.request import Request, UserId
from bot.domain.video import VideoId
from bot.slack.blocks.message import code, section
from bot.slack.blocks.texts import Texts
from bot.slack.home.rows import of_request, of_video
from bot.slack.status.messages import Report, ended, money, running

OPEN_FORM = "open_form"

MOST_RUNNING = 20
MOST_ENDED = 14
MOST_VIDEOS = 5
"""Rows of each kind. With two blocks each, and the rest, they stay within a view's 100 blocks."""
MOST_BYTES = 240_000
"""Bytes of a view as JSON; Slack takes 250 kB. Source: docs.slack.dev, views.publish."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Holds whose Home tab it is, and what it shows.

    Attributes:
        own: whose requests are shown; None for everybody's.
        videos: the names of the videos that they worked on last, the newest first.
    """

    user: UserId
    own: UserId | None
    videos: Mapping[VideoId, str | None] = field(default_factory=dict)


def home(overview: Report, viewer: Viewer, texts: Texts) -> dict[str, Any]:
    """Returns the view. Leaves out the oldest requests if it would be more than Slack takes.

    It shows no clock, so that two views differ only if something has changed.
    """
    most = MOST_RUNNING + MOST_ENDED
    view = _view(overview, viewer, texts)
    while len(json.dumps(view)) > MOST_BYTES and most:
        most //= 2  # in few steps, as each builds the whole view
        fewer = replace(overview, running=overview.running[:most], ended=overview.ended[:most])
        view = _view(fewer, viewer, texts)
    return view


def _view(overview: Report, viewer: Viewer, texts: Texts) -> dict[str, Any]:
    form = ButtonElement(action_id=OPEN_FORM, text=texts.say("button-open-form"), style="primary")
    blocks: list[Block] = []
    requests = _requests(overview, viewer, texts)
    if overview.spent is None:  # people who may not spend get no form, no videos and no balance
        blocks = [section(texts.say("home-hello")), DividerBlock()]
        return dict(View(type="home", blocks=blocks + requests).to_dict())
    if not overview.running and not overview.ended:
        blocks += [*_hello(texts), ActionsBlock(elements=[form]), DividerBlock()]
    else:
        title = texts.say("home-all" if viewer.own is None else "home-own")
        blocks += [section(title), ActionsBlock(elements=[form]), DividerBlock()]
        blocks += [*requests, DividerBlock()]
    blocks += _videos(viewer, texts)
    blocks += money(overview, viewer.own, texts)
    return dict(View(type="home", blocks=blocks).to_dict())


def _requests(overview: Report, viewer: Viewer, texts: Texts) -> list[Block]:
    current, past = overview.running[:MOST_RUNNING], overview.ended[:MOST_ENDED]
    numbers = itertools.count(1)

    def below(request: Request) -> list[Block]:
        # Administrators see others' requests, but what they start would go on in others' threads.
        spends = overview.spent is not None and request.origin.user == viewer.user
        return of_request(request, next(numbers), texts, spends=spends)

    return [
        *running(current, len(overview.running), texts, below=below),
        *ended(past, texts, below=below),
    ]


def _videos(viewer: Viewer, texts: Texts) -> list[Block]:
    if not viewer.videos:
        return []
    blocks: list[Block] = [section(texts.say("home-videos"))]
    for video, name in list(viewer.videos.items())[:MOST_VIDEOS]:
        blocks += of_video(video, name, texts)
    return [*blocks, DividerBlock()]


def _hello(texts: Texts) -> list[Block]:
    lines = [
        texts.say("home-hello-start", command=code(texts.command)),
        texts.say("home-hello-then"),
        texts.say("home-hello-cost"),
    ]
    return [section(texts.say("home-hello")), section("\n".join(lines))]
