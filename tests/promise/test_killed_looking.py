"""kill -9 while an image is looked at: the next process looks again; nobody reads the link."""

import asyncio
from dataclasses import replace

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from sandbox.web import Answer, WebSimulator
from sandbox.web.answers import missing, redirect
from tests.conftest import Bots, connected, free_port, ready
from tests.plain_http import plain_http
from tests.promise.test_killed_anywhere import RECOVERY, finished, parts, settled
from tests.web import PHOTO

SIGNED = "shots.example/kitchen.jpg?X-Amz-Signature=0123456789abcdef#s3cr3t-view"
ASKED = SIGNED.partition("#")[0]


async def test_an_image_that_was_being_looked_at_is_looked_at_again(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
) -> None:
    video = iacrea.account.add_video(sequences=3)
    web.answers[ASKED] = Answer(PHOTO, delay=30)
    await bots.start()
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2 https://{SIGNED}")
    async with asyncio.timeout(60):
        while not web.asked:  # noqa: ASYNC110 - another process asks for it
            await asyncio.sleep(0.02)
    await bots.kill()
    assert iacrea.posts == 0

    web.answers[ASKED] = Answer(PHOTO)
    await bots.start()
    await slack.until(lambda _: finished(slack, listings), timeout=RECOVERY)
    await settled()

    assert video.sequences[1].image == f"https://{SIGNED}"
    assert iacrea.posts == 1
    assert len(parts(slack, listings, "announcement")) == 1


async def test_whatever_comes_of_a_signed_link_it_is_never_logged(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
    bots: Bots,
) -> None:
    port, video = free_port(), iacrea.account.add_video(sequences=3)
    await bots.start(environ={"PORT": str(port), "LOG_LEVEL": "DEBUG"})
    await ready(port)
    ways = (
        missing(403),
        missing(404),
        redirect(f"https://127.0.0.1/?{ASKED}"),
        redirect(f"https://[::/?{ASKED}"),
        redirect(f"https://anna:pw@e.example/{ASKED}"),
        replace(Answer(PHOTO), cut_after=5),
        Answer(PHOTO, headers={"Content-Encoding": "gzip"}),
    )
    for count, way in enumerate(ways, start=1):
        web.answers[ASKED] = way
        await slack.command(anna, listings, f"/regen {video.id} 2 https://{SIGNED}")
        told = count
        await slack.until(lambda w, told=told: len(w.ephemerals(anna, listings)) >= told, 60)
    async with plain_http() as http:
        metrics = (await http.get(f"http://127.0.0.1:{port}/metrics")).text
    await bots.kill()

    assert iacrea.posts == 0
    for secret in ("0123456789abcdef", "s3cr3t-view", "kitchen.jpg", "shots.example"):
        assert secret not in bots.log()
        assert secret not in metrics
