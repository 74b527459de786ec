"""What goes wrong while the way is made happened before anything was sent, and takes no place."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.domain.video import VideoId
from bot.iacrea.client import IACrea
from bot.iacrea.errors import NotSentError, UnansweredError
from bot.network import Cause, Network, Proxies, Proxy, certificates
from bot.slack.connection import web_api
from bot.slack.connection.errors import SlackUnreachedError
from bot.slack.connection.web_api import WebApi, web_client
from sandbox.iacrea import IACreaSimulator, Lost
from sandbox.slack import SlackSimulator
from tests.network.company import Company, Mood

HURT = [Mood.REFUSING, Mood.SILENT, Mood.CLOSING]


def network(company: Company, authority: Path | None = None) -> Network:
    proxy = Proxy.parse(f"127.0.0.1:{company.port}")
    return Network(Proxies(https=proxy), certificates.context(authority or company.authority))


@pytest.fixture
async def client(company: Company, iacrea: IACreaSimulator) -> AsyncIterator[IACrea]:
    """One connection, so that one that is not given back is missed at once."""
    way = network(company)
    client = IACrea("https://iacrea.test", iacrea.api_key, way, timeout=1.5, connections=1)
    yield client
    await client.aclose()


@pytest.mark.parametrize("mood", HURT)
async def test_a_regeneration_that_a_proxy_held_up_was_surely_not_sent(
    mood: Mood, company: Company, client: IACrea, iacrea: IACreaSimulator
) -> None:
    video = iacrea.account.add_video(sequences=3)
    company.mood = mood
    with pytest.raises(NotSentError) as unsent:
        await client.regenerate(VideoId(video.id), video.sequences[0].id)
    assert unsent.value.cause is Cause.PROXY
    assert "proxy" in unsent.value.detail

    company.mood = Mood.WELL
    await client.regenerate(VideoId(video.id), video.sequences[0].id)
    assert iacrea.posts == 1


@pytest.mark.parametrize("mood", HURT)
async def test_a_question_that_a_proxy_held_up_gives_its_place_back(
    mood: Mood, company: Company, client: IACrea, iacrea: IACreaSimulator
) -> None:
    video = iacrea.account.add_video(sequences=3)
    company.mood = mood
    for _ in range(2):
        with pytest.raises(NotSentError, match="proxy"):
            await client.video(VideoId(video.id))

    company.mood = Mood.WELL
    assert len((await client.video(VideoId(video.id))).sequences or ()) == 3


async def test_a_lane_that_cannot_even_be_made_gives_its_place_back(
    iacrea: IACreaSimulator,
) -> None:
    nobody = Proxy("socks5://127.0.0.1:1", "socks5://127.0.0.1:1")
    client = IACrea("https://iacrea.test", "key", Network(Proxies(https=nobody)), connections=1)
    for _ in range(3):
        async with asyncio.timeout(1):
            with pytest.raises(ImportError):
                await client.video(VideoId("video"))


async def test_one_whose_answer_is_lost_behind_a_proxy_may_have_been_paid_for(
    company: Company, client: IACrea, iacrea: IACreaSimulator
) -> None:
    video = iacrea.account.add_video(sequences=3)
    iacrea.faults.posts.append(Lost())

    with pytest.raises(UnansweredError):
        await client.regenerate(VideoId(video.id), video.sequences[0].id)


@pytest.mark.parametrize("mood", HURT)
async def test_a_call_to_slack_that_a_proxy_held_up_was_surely_not_sent(
    mood: Mood, company: Company, slack: SlackSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_api, "_LIMITS", aiohttp.ClientTimeout(total=1.0))
    api = WebApi(web_client(slack.bot_token, slack.api_url, network(company)))
    company.mood = mood
    with pytest.raises(SlackUnreachedError, match="proxy"):
        await api.call("chat.postMessage", channel="C1", text="once")
    with pytest.raises(SlackUnreachedError, match="proxy"):
        await api.respond("https://slack.test/commands/T1/1/x", {"text": "once"})
    assert "proxy" in api.trouble

    company.mood = Mood.WELL
    await api.ask("auth.test")
    assert api.trouble == ""
    assert {call.method for call in slack.calls} == {"auth.test"}
