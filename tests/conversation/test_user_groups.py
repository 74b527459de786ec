"""User groups in ALLOWED_USERS and ADMIN_USERS: who is in one spends, and who has left does not."""

import json
from contextlib import AsyncExitStack

import pytest

from bot.slack.answering import user_groups
from sandbox.slack import Channel, SlackSimulator, User, UserGroup
from tests.conftest import free_port, running
from tests.conversation.conftest import Scene, Start, newest, outcome, private, slow

LIST = "usergroups.users.list"
REFUSAL = "may not spend credits"
SILENT = "Slack does not tell me just now who is in the user group"


@pytest.fixture
def editors(slack: SlackSimulator, anna: User) -> UserGroup:
    """A group that anna is in, and ben is not."""
    return slack.workspace.groups.add("Editors", "editors", [anna])


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that Slack said is believed when it can be asked, which is so each second."""
    monkeypatch.setattr(user_groups, "KNOWN_FOR", 0.0)
    monkeypatch.setattr(user_groups, "TURN", 1)


def asked(slack: SlackSimulator) -> int:
    return sum(call.method == LIST for call in slack.calls)


async def test_who_is_in_the_group_spends_and_who_is_not_is_refused(
    with_settings: Start, scene: Scene, editors: UserGroup, anna: User, ben: User
) -> None:
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=editors.id, ADMIN_USERS=editors.id):
        result = await scene.regenerates(anna, f"{video} 2")
        await scene.types(ben, f"{video} 3")
        refused = await private(scene.slack, ben, scene.channel)
        await scene.slack.click(ben, result, "regenerate_again")
        assert REFUSAL in await private(scene.slack, ben, scene.channel, 2)
    assert f"{REFUSAL} with me. <!subteam^{editors.id}> can change that" in refused
    assert scene.paid == [scene.paid[0]]


async def test_people_and_groups_may_be_named_together(
    with_settings: Start, scene: Scene, editors: UserGroup, anna: User, ben: User
) -> None:
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=f"{ben.id},{editors.id}"):
        await scene.regenerates(anna, f"{video} 2")
        await scene.regenerates(ben, f"{video} 3")
    assert len(scene.paid) == 2


async def test_once_slack_tells_of_it_who_has_left_is_refused_and_who_has_joined_spends(
    with_settings: Start, scene: Scene, editors: UserGroup, anna: User, ben: User
) -> None:
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=editors.id):
        result = await scene.regenerates(anna, f"{video} 2")
        await scene.slack.change_group(editors, ben)
        await scene.slack.click(anna, result, "regenerate_again")
        assert REFUSAL in await private(scene.slack, anna, scene.channel)
        await scene.regenerates(ben, f"{video} 3")
        await scene.slack.disable_group(editors)
        await scene.types(ben, f"{video} 1")
        assert REFUSAL in await private(scene.slack, ben, scene.channel)
    assert len(scene.paid) == 2


@pytest.mark.usefixtures("hasty")
async def test_where_slack_does_not_tell_of_it_they_are_refused_after_a_while(
    with_settings: Start, scene: Scene, editors: UserGroup, anna: User
) -> None:
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=editors.id):
        await scene.regenerates(anna, f"{video} 2")
        scene.slack.workspace.groups.change(editors, [])
        before = asked(scene.slack)
        await scene.slack.until(lambda _: asked(scene.slack) > before)
        await scene.types(anna, f"{video} 3")
        assert REFUSAL in await private(scene.slack, anna, scene.channel)
    assert len(scene.paid) == 1


async def test_while_slack_is_silent_what_it_said_last_holds_also_after_a_restart(
    with_settings: Start,
    scene: Scene,
    editors: UserGroup,
    anna: User,
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=editors.id):
        await scene.regenerates(anna, f"{video} 2")
    monkeypatch.setattr(user_groups, "KNOWN_FOR", 0.0)
    scene.slack.faults.http_errors[LIST] = [503] * 1000
    async with with_settings(ALLOWED_USERS=editors.id):
        await scene.regenerates(anna, f"{video} 3")
        await scene.types(ben, f"{video} 1")
        assert REFUSAL in await private(scene.slack, ben, scene.channel)
    assert len(scene.paid) == 2


async def test_where_nothing_was_ever_known_nobody_passes_and_they_are_told_why(
    with_settings: Start, scene: Scene, editors: UserGroup, anna: User, ben: User
) -> None:
    scene.slack.faults.http_errors[LIST] = [503] * 1000
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=editors.id, ADMIN_USERS=ben.id):
        delivery = await scene.types(anna, f"{video} 2")
        refused = await private(scene.slack, anna, scene.channel)
    assert delivery.ok
    assert SILENT in refused
    assert f"<@{ben.id}> can change that" in refused
    assert scene.slack.workspace.messages(scene.channel) == []
    assert scene.paid == []


async def test_an_acknowledgement_does_not_wait_until_slack_says_who_is_in_it(
    with_settings: Start,
    scene: Scene,
    editors: UserGroup,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = 2.5  # more than a busy machine takes to acknowledge
    monkeypatch.setattr(user_groups, "ASK_LIMIT", 2 * silent)
    scene.slack.faults.delays[LIST] = silent
    video = scene.video().id
    async with with_settings(ALLOWED_USERS=editors.id):
        ready = scene.ready()
        delivery = await scene.types(anna, f"{video} 2")
        await scene.next(ready)
    assert delivery.latency < silent
    assert len(scene.paid) == 1


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("since_when", ["the start", "later"])
async def test_without_the_scope_nobody_passes_and_the_log_says_so(
    since_when: str,
    with_settings: Start,
    scene: Scene,
    editors: UserGroup,
    anna: User,
    ben: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if since_when == "the start":
        scene.slack.scopes.discard(user_groups.SCOPE)
    video = scene.video().id
    also = scene.slack.workspace.groups.add("Also", "also", [anna])
    async with with_settings(ALLOWED_USERS=f"{editors.id},{ben.id}", ADMIN_USERS=also.id):
        if since_when == "later":
            await scene.slack.until(lambda _: asked(scene.slack) == 2)
            scene.slack.scopes.discard(user_groups.SCOPE)
            await scene.slack.until(lambda _: scene.slack.calls[-1].error)
        await scene.types(anna, f"{video} 2")
        assert SILENT in await private(scene.slack, anna, scene.channel)
        await scene.regenerates(ben, f"{video} 3")
    assert len(scene.paid) == 1
    why = "was taken away" if since_when == "later" else "was not granted"
    assert (
        f"{user_groups.SCOPE} {why}: nobody passes by the user groups {editors.id}, {also.id}"
        in caplog.text
    )


async def test_a_group_that_does_not_exist_lets_nobody_in(
    with_settings: Start, scene: Scene, anna: User, caplog: pytest.LogCaptureFixture
) -> None:
    video = scene.video().id
    async with with_settings(ALLOWED_USERS="S0NONE"):
        await scene.types(anna, f"{video} 2")
        assert REFUSAL in await private(scene.slack, anna, scene.channel)
    assert scene.paid == []
    assert "there is no user group S0NONE" in caplog.text


async def test_who_is_in_a_group_of_admins_sees_and_stops_everything_until_they_leave(
    with_settings: Start, scene: Scene, anna: User, ben: User
) -> None:
    slack, video = scene.slack, slow(scene.iacrea)
    quiet = slack.workspace.add_channel("quiet", bot_member=True)
    heads = slack.workspace.groups.add("Heads", "heads", [ben])
    async with with_settings(ADMIN_USERS=heads.id):
        await scene.types(anna, f"{video} 2")
        await slack.until(lambda w: "Animating" in str(w.messages(scene.channel)))
        await scene.types(ben, f"show {video}", quiet)
        card = await newest(slack, ben, quiet)
        await slack.click(ben, card, "stop_watching")
        stopped = await outcome(slack, scene.channel)
        await scene.types(ben, "status", quiet)
        status = await newest(slack, ben, quiet, 2)
        await slack.open_home(ben)
        await slack.until(lambda w: f"<@{anna.id}>: 3 credits" in home(slack, ben))

        await slack.change_group(heads, anna)
        await scene.types(ben, f"show {video}", quiet)
        assert "I remember no request" in await private(slack, ben, quiet, 3)
    assert f"<@{ben.id}> asked" in stopped.text
    assert f"<@{anna.id}>: 3 credits" in json.dumps(status.blocks)


def home(slack: SlackSimulator, user: User) -> str:
    view = slack.workspace.home(user)
    return "" if view is None else json.dumps(view.body)


async def test_of_several_replicas_one_asks_and_all_know_what_changed(
    slack: SlackSimulator,
    environ: dict[str, str],
    scene: Scene,
    editors: UserGroup,
    listings: Channel,
    anna: User,
) -> None:
    video = scene.video(sequences=5).id
    async with AsyncExitStack() as replicas:
        for _ in range(2):
            port = {"PORT": str(free_port()), "ALLOWED_USERS": editors.id}
            await replicas.enter_async_context(running(environ | port))
        for number in range(1, 5):
            await scene.regenerates(anna, f"{video} {number}")
        assert asked(slack) == 1
        await slack.disable_group(editors)  # of which one replica is told
        for number in range(1, 13):  # whichever replica each goes to
            await scene.types(anna, f"{video} {number % 5 + 1}")
            assert REFUSAL in await private(slack, anna, listings, number)
    assert len(scene.paid) == 4
