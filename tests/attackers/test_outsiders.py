"""People of another organisation, in a channel shared with it: they look, and that is all.

Every id that the routing table knows has its verdict here, so that a new one without any fails.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from redis.asyncio import Redis

from bot.slack.answering import late_question
from bot.slack.blocks import agreeing, buttons, take_buttons
from bot.slack.blocks.answers import AFTER_RENDER_HERE, AGREE
from bot.slack.blocks.did_you_mean import NAME_MEANT
from bot.slack.blocks.drafts import OPEN_WITH
from bot.slack.blocks.following import FOLLOW, FOLLOW_THERE, KEEP_FOLLOWING, STOP_FOLLOWING
from bot.slack.connection.routing import RouteKind
from bot.slack.form import fields as filled
from bot.slack.form import listeners
from bot.slack.form.view import CONFIRM, FORM
from bot.slack.home import rows
from bot.slack.home.view import OPEN_FORM
from bot.slack.mention.messages import STATUS_HERE
from bot.slack.naming.sequences_view import SEQUENCE_NAMING
from bot.slack.naming.view import NAMING
from bot.slack.status.messages import SHOW
from bot.slack.storyboard import messages as storyboard
from bot.store.videos import Videos
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import SlackSimulator, User
from tests.attackers.outsiders import ELSEWHERE, Scene, act_of
from tests.conftest import free_port, metadata, replies, running
from tests.conversation.conftest import outcome
from tests.depth import IN_CI
from tests.slack.test_routes import built, routed

CREDITS = 98_765
REFUSAL = "Only people of the organisation that installed me"
LOOKS, REFUSED, SILENT = "looks", "refused", "silent"
VERDICTS = {
    ("action", buttons.AGAIN): REFUSED,
    ("action", buttons.RETRY): REFUSED,
    ("action", buttons.KEEP_WATCHING): REFUSED,
    ("action", buttons.ANOTHER_EFFECT): REFUSED,
    ("action", buttons.GO_AHEAD): REFUSED,
    ("action", agreeing.AFTER_RENDER): REFUSED,
    ("action", agreeing.KEEP_WAITING): REFUSED,
    ("action", agreeing.CANCEL_WAITING): REFUSED,
    ("action", agreeing.LEAVE_IT): SILENT,
    ("action", late_question.START_NOW): REFUSED,
    ("action", buttons.STOP_WATCHING): REFUSED,
    ("action", buttons.WATCH): SILENT,
    ("action", buttons.STORYBOARD): LOOKS,
    ("action", buttons.CHANGE): REFUSED,
    ("action", buttons.ANOTHER_IMAGE): REFUSED,
    ("action", storyboard.NEXT): LOOKS,
    ("action", storyboard.PREVIOUS): LOOKS,
    ("action", storyboard.SHARE): REFUSED,
    ("action", storyboard.NAME_VIDEO): REFUSED,
    ("action", storyboard.NAME_SEQUENCES): REFUSED,
    ("action", NAME_MEANT): REFUSED,
    ("action", OPEN_FORM): REFUSED,
    ("action", SHOW): LOOKS,
    ("action", rows.SHOW): LOOKS,
    ("action", rows.STORYBOARD): LOOKS,
    ("action", rows.REPEAT): REFUSED,
    ("action", rows.KEEP_WATCHING): REFUSED,
    ("action", rows.STOP_WATCHING): REFUSED,
    ("action", rows.CANCEL_WAITING): REFUSED,
    ("action", AFTER_RENDER_HERE): REFUSED,
    ("action", rows.REGENERATE): REFUSED,
    ("action", FOLLOW): LOOKS,
    ("action", FOLLOW_THERE): LOOKS,
    ("action", STOP_FOLLOWING): LOOKS,
    ("action", KEEP_FOLLOWING): LOOKS,
    ("action", STATUS_HERE): LOOKS,
    ("action", take_buttons.EARLIER_TAKES): LOOKS,
    ("action", take_buttons.LIKE_THIS): REFUSED,
    ("action", take_buttons.CLIP): SILENT,
    ("action", take_buttons.FILM): SILENT,
    ("action", OPEN_WITH): REFUSED,
    ("action", filled.VIDEO): SILENT,
    ("options", filled.VIDEO): SILENT,
    ("view", FORM): REFUSED,
    ("view", CONFIRM): REFUSED,
    ("view", NAMING): REFUSED,
    ("view", SEQUENCE_NAMING): REFUSED,
    ("view", AGREE): REFUSED,
    ("shortcut", listeners.EVERYWHERE): REFUSED,
    ("shortcut", listeners.ON_MESSAGE): REFUSED,
    ("command", "/regen"): REFUSED,
    ("event", "app_home_opened"): LOOKS,
    ("event", "app_mention"): REFUSED,
    ("event", "message"): REFUSED,
    ("event", "channel_id_changed"): SILENT,
    ("event", "subteam_created"): SILENT,
    ("event", "subteam_members_changed"): SILENT,
    ("event", "subteam_updated"): SILENT,
    ("event", "member_joined_channel"): SILENT,
}


LOOKED = {
    buttons.STORYBOARD: "*Storyboard* of",
    storyboard.NEXT: "*Storyboard* of",
    storyboard.PREVIOUS: "*Storyboard* of",
    SHOW: "is ready",
    rows.SHOW: "no request",
    rows.STORYBOARD: "*Storyboard* of",
    STATUS_HERE: "*Running*",
    FOLLOW: "nothing to follow",
    FOLLOW_THERE: "nothing to follow",
    KEEP_FOLLOWING: "nothing to follow",
    STOP_FOLLOWING: "nothing to stop",
    take_buttons.EARLIER_TAKES: "✅ Ready",
    "app_home_opened": "Hello!",
}


def test_every_id_of_the_routing_table_has_a_verdict() -> None:
    routes = routed(built(), *RouteKind)
    assert {(kind.removesuffix("_submission"), each) for kind, each in routes} == set(VERDICTS)


@pytest.fixture
async def scene(
    request: pytest.FixtureRequest,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    environ: dict[str, str],
    anna: User,
) -> AsyncIterator[Scene]:
    iacrea.account.credits = CREDITS
    workspace = slack.workspace
    channel = workspace.add_channel("with-them", shared_with=[ELSEWHERE], bot_member=True)
    olga = workspace.add_user("olga", team=ELSEWHERE)
    video = iacrea.account.add_video(sequences=12)
    settings = {"POLL_INTERVAL": "0.2", **getattr(request, "param", {})}
    async with running(environ | {"PORT": str(free_port()), "ADMIN_USERS": anna.id} | settings):
        await slack.command(anna, channel, f"/regen {video.id} 2")
        await outcome(slack, channel)
        iacrea.account.timings = Timings(queue=0.1, animate=600.0, render=0.1)
        other = iacrea.account.add_video(sequences=3)
        await slack.command(anna, channel, f"/regen {other.id} 2")
        await slack.until(lambda w: "stop_watching" in str(w.messages(channel)[1:]))
        await iacrea.until(lambda it: it.posts == 2)
        first, card = workspace.messages(channel)
        done, name = metadata(first)["request"], metadata(card)["request"]
        yield Scene(slack, iacrea, olga, anna, channel, video, done, name, card)


Which = tuple[str, str]


def shared_out(cases: Sequence[Which]) -> list[Sequence[Which]]:
    """Those that share one scene, each with an outsider of its own; in CI each has it alone."""
    parts = len(cases) if IN_CI else 4
    return [cases[part::parts] for part in range(parts)]


def somebody_else_comes(scene: Scene) -> None:
    """Another person of that organisation, who has seen nothing yet."""
    workspace = scene.slack.workspace
    scene.olga = workspace.add_user(f"olga-{len(workspace.users())}", team=ELSEWHERE)


def named(cases: Sequence[Which]) -> str:
    return ":".join(cases[0]) + (f" and {len(cases) - 1} more" if cases[1:] else "")


@pytest.mark.parametrize("cases", shared_out(list(VERDICTS)), ids=named)
async def test_an_outsider_looks_and_neither_spends_stops_names_nor_learns_of_credits(
    cases: Sequence[Which], scene: Scene, redis: Redis, prefix: str
) -> None:
    for which in cases:
        somebody_else_comes(scene)
        await looks_and_that_is_all(which, scene)
        assert await Videos(redis, prefix).find("stolen") is None


async def looks_and_that_is_all(which: Which, scene: Scene) -> None:
    said = len(scene.slack.workspace.messages(scene.channel))
    await act_of(which)(scene)
    verdict = VERDICTS[which]
    if verdict == REFUSED:
        await scene.told(REFUSAL)
    elif verdict == LOOKS:
        await scene.told(LOOKED[which[1]])
    await asyncio.sleep(0.3)  # what would follow
    assert scene.iacrea.posts == 2, "those of the scene"
    seen = scene.seen()
    assert "98,7" not in seen, "the balance"
    assert "credits used" not in seen, "what somebody spent"
    assert "form_sequences" not in seen
    new = scene.slack.workspace.messages(scene.channel)[said:]
    theirs = [m for m in new if m.user == scene.olga.id or m.text == "x"]
    assert new == theirs, "something was posted"
    bot = scene.slack.workspace.bot.id
    ended = [m for m in replies(scene.slack, scene.channel) if m.user == bot]
    assert len(ended) == 1, "something ended"


@pytest.mark.parametrize("scene", [{"ALLOWED_TEAMS": ELSEWHERE}], indirect=True)
@pytest.mark.parametrize(
    "cases",
    shared_out([each for each, verdict in VERDICTS.items() if verdict == REFUSED]),
    ids=named,
)
async def test_whose_organisation_is_let_in_is_not_refused(
    cases: Sequence[Which], scene: Scene
) -> None:
    for which in cases:
        somebody_else_comes(scene)
        calls = len(scene.slack.calls)
        await act_of(which)(scene)
        await scene.slack.until(lambda _, since=calls: _called_for(scene, since) or _errors(scene))
        await asyncio.sleep(0.3)
        assert REFUSAL not in scene.seen(), which
    assert REFUSAL not in scene.slack.workspace.transcript(), "later than that"


def _called_for(scene: Scene, since: int) -> bool:
    """Whether the bot made a call for that person since so many, or opened a modal for them."""
    return any(
        scene.olga.id in str(call.arguments)
        or (call.method == "views.open" and scene.slack.workspace.modals(scene.olga))
        for call in scene.slack.calls[since:]
    )


def _errors(scene: Scene) -> bool:
    return any(view.errors for view in scene.slack.workspace.modals(scene.olga))
