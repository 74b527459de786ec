"""A video of either kind: the other one is asked for once, and only where IACrea knows no such."""

import pytest

from bot.domain.video import VideoId
from bot.iacrea.either_kind import either_kind
from bot.iacrea.errors import NotFoundError, RateLimitedError, UnauthorisedError, UnavailableError
from sandbox.iacrea import Answered


async def test_an_ordinary_video_is_asked_for_once(account, client):
    video = account.account.add_video()

    assert not (await either_kind(client, video.id)).automatic
    assert len(account.calls) == 1


async def test_an_automatic_video_is_asked_for_the_other_way(account, client):
    video = account.account.add_video(sequences=2, rooms=("KITCHEN", "BEDROOM"))

    seen = await either_kind(client, video.id)

    assert (seen.id, seen.automatic, seen.credits_left) == (video.id, True, 50)
    assert [each.category for each in seen.sequences] == ["KITCHEN", "BEDROOM"]
    assert [call.status for call in account.calls] == [404, 200]


@pytest.mark.parametrize("refused", [None, Answered(400), Answered(401), Answered(403)])
async def test_what_is_of_neither_kind_is_unknown(account, client, refused):
    account.faults.auto_gets.append(refused)

    with pytest.raises(NotFoundError):
        await either_kind(client, VideoId("no-such-video"))

    assert len(account.calls) == 2


@pytest.mark.parametrize(
    ("fault", "raised"), [(Answered(429), RateLimitedError), (Answered(500), UnavailableError)]
)
async def test_a_kind_that_is_not_told_now_is_not_called_unknown(account, client, fault, raised):
    video = account.account.add_video(rooms=("KITCHEN",))
    account.faults.auto_gets.append(fault)

    with pytest.raises(raised):
        await either_kind(client, video.id)


async def test_a_wrong_key_is_no_reason_to_ask_again(account, client):
    account.credentials.api_key = "changed"

    with pytest.raises(UnauthorisedError):
        await either_kind(client, VideoId("no-such-video"))

    assert len(account.calls) == 1
