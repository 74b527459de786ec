"""One table of words, three ways in: typed, said and filled in, they are the same request."""

import pytest
from redis.asyncio import Redis

from bot.domain.request import Request
from bot.store.requests import Requests
from sandbox.iacrea.video import Video
from sandbox.slack import User
from tests.conversation.conftest import Scene
from tests.conversation.forms import filled
from tests.depth import in_ci

pytestmark = pytest.mark.usefixtures("bot")

IMAGE = "https://e.com/kitchen.jpg?w=1&h=2"
TABLE: list[tuple[str, tuple[int, ...], str | None, str | None]] = [
    ("2", (2,), None, None),
    ("2 push out", (2,), "CAMERA_PUSH_OUT", None),
    ("2, 3", (2, 3), None, None),
    ("1-2 zoom arrière", (1, 2), "CAMERA_PUSH_OUT", None),
    (f"3 {IMAGE}", (3,), None, IMAGE),
    (f"3 crane up {IMAGE}", (3,), "CAMERA_CRANE_UP", IMAGE),
    ("failed", (2, 4), None, None),
]
"""What is typed or said behind the video, and what is chosen for it in the form."""


async def by_command(scene: Scene, user: User, video: Video, row: int) -> None:
    await scene.types(user, f"{video.id} {TABLE[row][0]}")
    await agree(scene, user, row)


async def by_mention(scene: Scene, user: User, video: Video, row: int) -> None:
    await scene.says(user, f"@Regen {video.id} {TABLE[row][0]}")
    await agree(scene, user, row)


async def in_its_thread(scene: Scene, user: User, video: Video, row: int) -> None:
    parent = await scene.says(user, f"look at https://iacrea.com/video/{video.id}")
    await scene.says(user, f"@Regen {TABLE[row][0]}", parent.ts)
    await agree(scene, user, row)


async def in_a_direct_message(scene: Scene, user: User, video: Video, row: int) -> None:
    direct = scene.slack.workspace.direct_message(user)
    await scene.says(user, f"{video.id} {TABLE[row][0]}", channel=direct)
    if len(TABLE[row][1]) > 1:
        await scene.slack.until(lambda w: "go_ahead" in str(w.messages(direct)))
        await scene.slack.click(user, scene.slack.workspace.messages(direct)[-1], "go_ahead")


async def by_form(scene: Scene, user: User, video: Video, row: int) -> None:
    _, positions, effect, image = TABLE[row]
    view = await filled(scene.slack, user, scene.channel, video.id, *positions)
    if effect is not None:
        await scene.slack.select(user, view, "form_effect", effect)
    if image is not None:
        scene.slack.fill(view, "form_image", image)
    await scene.slack.submit(user, view.id, {})
    if len(positions) > 1:
        [question] = scene.slack.workspace.modals(user)
        await scene.slack.submit(user, question.id, {})


async def agree(scene: Scene, user: User, row: int) -> None:
    if len(TABLE[row][1]) > 1:
        asked = await scene.told(user, "go_ahead")
        await scene.slack.click(user, asked, "go_ahead")


def meant(request: Request) -> tuple[object, ...]:
    """What matters of a request besides where it was asked, and for which video."""
    order = request.order
    positions = tuple(each.position for each in request.generations)
    return positions, order.effect, order.image, order.agreed, order.watch, order.called


@pytest.mark.parametrize("row", [*in_ci(0, 1, 2, 4), 3, 5, 6], ids=lambda row: TABLE[row][0])
async def test_the_same_words_are_the_same_request_whichever_way_they_come(
    row: int, scene: Scene, anna: User, redis: Redis, prefix: str
) -> None:
    store = Requests(redis, prefix=prefix, poll_interval=1.0)
    words, positions, effect, image = TABLE[row]
    asked = []
    for way in (by_command, by_mention, in_its_thread, in_a_direct_message, by_form):
        video = scene.video(sequences=["success", "error" if words == "failed" else "success"] * 2)
        await way(scene, anna, video, row)
        await scene.iacrea.until(lambda _, of=video.id: scene.paid.count(of) >= len(positions))
        [request] = await store.newest(video=video.id)
        asked.append(meant(request))

    assert asked == [asked[0]] * len(asked)
    assert asked[0][:3] == (positions, effect, image)
