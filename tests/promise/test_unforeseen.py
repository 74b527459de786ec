"""A step that fails in a way that nobody foresaw ends, told: nothing is tried for ever unseen."""

from collections.abc import Awaitable, Callable

import pytest

from bot import checks
from bot.domain import events
from bot.domain.errors import Unforeseen
from bot.domain.lifecycle import advance
from bot.domain.request import GenerationState, State
from bot.domain.timing import Timing
from bot.domain.unforeseen import ending
from bot.iacrea.client import IACrea
from bot.slack.telling import messages as telling
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import free_port, replies, running
from tests.conversation.conftest import private
from tests.domain.makers import NOW, a_generation, a_request

Ask = Callable[[], Awaitable[str]]


def mistake(*_: object, **__: object) -> None:
    raise ZeroDivisionError


@pytest.fixture
def ask(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    environ: dict[str, str],
    anna: User,
    listings: Channel,
) -> Ask:
    """Asks for a sequence; returns what is told in private."""

    async def ask() -> str:
        video = iacrea.account.add_video(sequences=3)
        async with running(environ | {"PORT": str(free_port())}):
            await slack.command(anna, listings, f"/regen {video.id} 2")
            return await private(slack, anna, listings)

    return ask


async def test_a_check_that_fails_so_is_told_and_spends_nothing(
    ask: Ask, iacrea: IACreaSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "with_sequences", mistake)

    assert "Nothing was started. Something went wrong on my side." in await ask()
    assert iacrea.posts == 0


async def test_an_announcement_that_fails_so_is_told_and_spends_nothing(
    ask: Ask, iacrea: IACreaSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "announcement", mistake)

    assert "Nothing was started. Something went wrong on my side." in await ask()
    assert iacrea.posts == 0


async def test_an_outcome_that_cannot_be_said_in_its_thread_is_told_in_private(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    environ: dict[str, str],
    anna: User,
    listings: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telling, "outcome", mistake)
    video, direct = iacrea.account.add_video(sequences=3), slack.workspace.direct_message(anna)
    async with running(environ | {"PORT": str(free_port())}):
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await slack.until(lambda w: "has ended" in str(w.messages(direct)))
    assert replies(slack, listings) == []
    assert iacrea.posts == 1


async def test_a_post_that_fails_so_once_it_was_sent_is_watched_and_not_sent_again(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    environ: dict[str, str],
    anna: User,
    listings: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send = IACrea.regenerate

    async def sent(*what: object, **how: object) -> None:
        await send(*what, **how)  # type: ignore[arg-type]
        mistake()

    monkeypatch.setattr(IACrea, "regenerate", sent)
    video = iacrea.account.add_video(sequences=3)
    async with running(environ | {"PORT": str(free_port())}):
        await slack.command(anna, listings, f"/regen {video.id} 2")
        await slack.until(lambda _: len(replies(slack, listings)) == 1)
    assert "is ready" in replies(slack, listings)[0].text
    assert iacrea.posts == 1


@pytest.mark.parametrize("state", [State.ACCEPTED, State.CHECKED, State.ANNOUNCED])
def test_before_a_post_nothing_was_started(state: State) -> None:
    request = a_request(state, *([] if state is State.ACCEPTED else [a_generation()]))
    event = ending(request)
    assert event == events.Rejected(Unforeseen())
    assert advance(request, event, Timing(NOW, 60.0)).state is State.ENDED


def test_one_that_may_have_been_sent_counts_as_lost_and_what_waits_is_not_sent() -> None:
    sending = a_request(State.SUBMITTING, a_generation(2, GenerationState.SENDING), a_generation(3))
    waiting = a_request(State.SUBMITTING, a_generation(2, GenerationState.RUNNING), a_generation(3))

    assert ending(sending) == events.Lost()
    assert ending(waiting) == events.Refused(Unforeseen())


@pytest.mark.parametrize("state", [State.TOLD, State.ABANDONED])
def test_what_is_over_stays_as_it_is(state: State) -> None:
    assert ending(a_request(state, a_generation(2, GenerationState.DONE))) is None
