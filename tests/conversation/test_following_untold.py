"""Follows of which nobody can be told: they end all the same, and keep no place and no poll."""

import asyncio

from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator, Video
from sandbox.iacrea.video import SequenceStatus
from sandbox.slack import SlackSimulator, User
from tests.conversation.conftest import Scene, Start
from tests.conversation.following import cards, endless, told

POST = "chat.postMessage"
MANY = 1000


async def begun(scene: Scene, anna: User) -> Video:
    video = endless(scene.iacrea)
    await scene.types(anna, f"watch {video.id}")
    await scene.slack.until(lambda _: cards(scene.slack, scene.channel))
    return video


async def fails_untold(scene: Scene, video: Video, error: str) -> None:
    """A sequence fails, and Slack answers so whatever is posted about it."""
    scene.slack.faults.errors = {POST: [error] * MANY}
    video.sequences[0].status = SequenceStatus.ERROR
    await scene.slack.until(lambda _: len(scene.slack.faults.errors[POST]) < MANY)


async def over(redis: Redis, key: str) -> None:
    """Waits until nothing is left in that key."""
    async with asyncio.timeout(60):
        while await redis.exists(key):  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)


async def test_one_ends_in_time_where_its_channel_and_its_person_are_gone(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    scene: Scene,
    redis: Redis,
    prefix: str,
) -> None:
    async with with_settings(GENERATION_TIMEOUT="4"):
        video = await begun(scene, anna)
        slack.workspace.archive(scene.channel)
        await fails_untold(scene, video, "user_disabled")

        await over(redis, f"{prefix}followed")
        await over(redis, f"{prefix}follows")
        polls = iacrea.polls(video.id)
        await asyncio.sleep(0.5)

    assert iacrea.polls(video.id) == polls
    # In the thread and in private: what failed, and the end.
    assert MANY - len(slack.faults.errors[POST]) == 4


async def test_one_ends_in_time_while_slack_is_in_trouble_and_is_told_after_it(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    scene: Scene,
    redis: Redis,
    prefix: str,
) -> None:
    async with with_settings(GENERATION_TIMEOUT="4"):
        video = await begun(scene, anna)
        await fails_untold(scene, video, "team_added_to_org")

        await over(redis, f"{prefix}followed")
        polls = iacrea.polls(video.id)
        await asyncio.sleep(0.5)
        assert iacrea.polls(video.id) == polls

        slack.faults.errors.clear()
        await slack.until(lambda _: told(slack, scene.channel, "end"))

    assert len(told(slack, scene.channel)) == 2
