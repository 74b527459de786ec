"""A request that was overheard, signature and all, and sent again."""

import asyncio
import hashlib
import hmac
import time
import urllib.parse

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import free_port, http_mode, running
from tests.conversation.conftest import outcome
from tests.plain_http import plain_http


def signed(secret: str, body: bytes, at: int) -> dict[str, str]:
    """As Slack signs: docs.slack.dev/authentication/verifying-requests-from-slack."""
    base = b"v0:%d:" % at + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


async def test_it_spends_once_while_the_signature_is_young_and_is_refused_later(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    environ: dict[str, str],
    anna: User,
    listings: Channel,
) -> None:
    port = free_port()
    video = iacrea.account.add_video(sequences=3)
    fields = {
        "command": "/regen",
        "text": f"{video.id} 2",
        "user_id": anna.id,
        "channel_id": listings.id,
        "trigger_id": "1.2.3",
    }
    body = urllib.parse.urlencode(fields).encode()
    other = body.replace(b"+2", b"+3")
    async with (
        running(environ | http_mode(slack, port)),
        plain_http(base_url=f"http://127.0.0.1:{port}") as http,
    ):

        async def send(content: bytes, headers: dict[str, str]) -> int:
            return (await http.post("/slack/events", content=content, headers=headers)).status_code

        overheard = signed(slack.signing_secret, body, int(time.time()))
        again = await asyncio.gather(*(send(body, overheard) for _ in range(10)))
        assert set(again) == {200}
        await outcome(slack, listings)
        later = await send(body, overheard)
        edited = await send(other, overheard)
        old = await send(body, signed(slack.signing_secret, body, int(time.time()) - 301))

    assert later == 200
    assert (edited, old) == (401, 401)
    assert iacrea.posts == 1
