"""What the ordinary endpoints may know of an automatic video: IACrea's pages leave it open."""

from collections.abc import AsyncIterator
from typing import Literal

import pytest

from sandbox.iacrea import ApiVariant, IACreaSimulator
from sandbox.slack import User
from tests.conftest import QUICK
from tests.conversation.conftest import Scene


@pytest.fixture
async def iacrea(reading: Literal["shown", "alike"]) -> AsyncIterator[IACreaSimulator]:
    variant = ApiVariant(auto_videos=reading)
    async with IACreaSimulator(timings=QUICK, credits=1000, variant=variant) as iacrea:
        yield iacrea


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("reading", "told", "posts"),
    [
        ("alike", "is ready", 1),
        ("shown", "was not started. IACrea shows", 0),
    ],
)
async def test_a_video_that_the_ordinary_get_shows_is_tried_and_a_refusal_is_explained(
    scene: Scene, iacrea: IACreaSimulator, anna: User, told: str, posts: int
) -> None:
    video = scene.video(3, rooms=("LIVING_ROOM", "KITCHEN", "BEDROOM"))

    result = await scene.regenerates(anna, f"{video.id} kitchen")

    assert told in result.text
    assert ("Perhaps it is an automatic video" in result.text) == (posts == 0)
    assert (len(scene.posts), iacrea.posts) == (1, posts)
    assert iacrea.auto_polls(video.id) == 0
