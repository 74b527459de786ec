"""IACrea and Slack as one quick process: `python -m bench.outside`, which prints its port.

The bodies are those of the simulators. An announcement names its video, so that it is known of
whom an outcome in its thread tells.
"""

import asyncio
import json
import random
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.http import Reply, Server
from sandbox.iacrea.account import Account
from sandbox.iacrea.api_variant import ApiVariant
from sandbox.iacrea.video import Timings

DELAY = 0.05
"""Seconds until IACrea answers."""
SLACK_DELAY = 0.02
_POSTED = b'{"status":"START_GENERATION","generationId":"g-1","creditsTotal":1e6,"creditsUsed":3}'
_SCOPES = b"x-oauth-scopes: commands,chat:write,channels:history\r\n"
CHANNELS = 500
"""So many that no channel gets more than a message a second, Slack's own limit."""
_VIDEO = re.compile(r"00000000-0000-4000-8000-\d{12}")
_NOBODY = b"00000000-0000-4000-8000-000000000000"


def video_id(number: int) -> str:
    """The video of that number."""
    return f"00000000-0000-4000-8000-{number:012d}"


def channel_id(number: int) -> str:
    """The channel in which the video of that number is worked on."""
    return f"C{number % CHANNELS:09d}"


@dataclass(slots=True)
class _Video:
    """What is seen of a video from outside."""

    posts: int = 0
    polls: list[float] = field(default_factory=list)
    under_way: int = 0
    overlaps: int = 0
    done_at: float | None = None
    told: list[float] = field(default_factory=list)


class Outside:
    """Answers, and keeps what it saw."""

    def __init__(self) -> None:
        self._videos: dict[str, _Video] = {}
        self._by_thread: dict[str, _Video] = {}
        self._messages: dict[str, list[dict[str, Any]]] = {}
        self._began, self._posted = int(time.time()), 0
        self._idle, self._busy, self._done = _bodies()

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        """Whatever is asked."""
        where = urlsplit(path)
        if where.path.startswith("/api/video-editor/generate/video/"):
            return self._poll(where.path.rpartition("/")[2])
        if where.path.startswith("/api/video-editor/generate/sequence/"):
            self._video(where.path.rpartition("/")[2]).posts += 1
            return Reply(_POSTED, DELAY)
        if where.path.startswith("/slack/"):
            given = {key: each[0] for key, each in parse_qs(where.query).items()}
            given |= json.loads(body) if body[:1] == b"{" else {}
            return self._slack(where.path.rpartition("/")[2], given, body.decode())
        asked = json.loads(body or b"{}")
        return Reply(json.dumps(getattr(self, f"control_{where.path[1:]}")(**asked)).encode())

    def _video(self, video: str) -> _Video:
        if video not in self._videos:
            self._videos[video] = _Video()
        return self._videos[video]

    def _poll(self, video: str) -> Reply:
        seen, name = self._video(video), video.encode()
        if not seen.posts:
            return Reply(self._idle.replace(_NOBODY, name), DELAY)
        seen.polls.append(time.time())
        seen.overlaps += seen.under_way > 0
        seen.under_way += 1

        def answer() -> bytes:
            seen.under_way -= 1
            done = seen.done_at is not None and seen.done_at <= time.time()
            return (self._done if done else self._busy).replace(_NOBODY, name)

        return Reply(answer, DELAY)

    def _slack(self, method: str, given: dict[str, Any], body: str) -> Reply:
        answer: dict[str, Any] = {"ok": True}
        channel = given.get("channel", "")
        match method:
            case "auth.test":
                answer |= {"team": "Bench", "team_id": "T0", "user": "regen", "user_id": "U0"}
                answer |= {"bot_id": "B0", "url": "https://bench.slack.com/"}
            case "chat.postMessage":
                ts = self._post(channel, given, body)
                message = {"ts": ts, "thread_ts": given.get("thread_ts")}
                answer |= {"channel": channel, "ts": ts, "message": message}
            case "conversations.replies" | "conversations.history":
                answer["messages"] = self._messages.get(channel, [])
            case _:
                answer |= {"channel": channel, "ts": given.get("ts")}
        return Reply(json.dumps(answer).encode(), SLACK_DELAY, headers=_SCOPES)

    def _post(self, channel: str, given: dict[str, Any], body: str) -> str:
        self._posted += 1
        ts = f"{self._began}.{self._posted:06d}"
        kept = {"ts": ts, "metadata": given.get("metadata")}
        self._messages.setdefault(channel, []).append(kept)
        if given.get("thread_ts") in self._by_thread:
            self._by_thread[given["thread_ts"]].told.append(time.time())
        elif named := _VIDEO.search(body):
            self._by_thread[ts] = self._video(named[0])
        return ts

    def control_report(self) -> dict[str, Any]:
        """Everything that was seen; times are Unix seconds."""
        return {
            name: {
                "posts": each.posts,
                "polls": each.polls,
                "overlaps": each.overlaps,
                "done_at": each.done_at,
                "told": each.told,
            }
            for name, each in self._videos.items()
        }

    def control_counts(self) -> dict[str, int]:
        """The sums alone."""
        videos = self._videos.values()
        return {
            "posts": sum(each.posts for each in videos),
            "polls": sum(len(each.polls) for each in videos),
            "told": sum(bool(each.told) for each in videos),
        }

    def control_forget_polls(self) -> None:
        """So that polls are counted from now on."""
        for video in self._videos.values():
            video.polls.clear()
            video.overlaps = 0

    def control_working(self, count: int) -> None:
        """The first `count` videos are being generated, as if somebody had regenerated them."""
        for number in range(count):
            self._video(video_id(number)).posts = 1

    def control_finish(self, count: int, within: float) -> int:
        """So many videos become DONE at random times within so many seconds; how many there are."""
        running = [each for each in self._videos.values() if each.posts and each.done_at is None]
        chosen = random.sample(running, min(count, len(running)))
        for video in chosen:
            video.done_at = time.time() + random.uniform(0, within)  # noqa: S311 - no secret
        return len(chosen)


def _bodies() -> tuple[bytes, bytes, bytes]:
    """A video that rests, one that is being generated, one that is done; as IACrea words them."""
    now = [0.0]
    account = Account(
        clock=lambda: now[0],
        timings=Timings(queue=1, animate=1, render=1),
        credits_left=1_000_000,
        cost=3,
        assets_url="https://assets.iacrea.example",
    )
    video = account.add_video(sequences=6, id=_NOBODY.decode())
    bodies = []
    for _ in range(2):
        account.poll(video.id)
        bodies.append(ApiVariant().video(video, progress=0.0, credits_left=account.credits))
        if len(bodies) == 1:
            account.regenerate(video.id, video.sequences[1].id, image=None, effect=None)
    for _ in range(20):
        now[0] += 2
        account.poll(video.id)
    bodies.append(ApiVariant().video(video, progress=1.0, credits_left=account.credits))
    idle, busy, done = (json.dumps(each).encode() for each in bodies)
    return idle, busy, done


async def _serve() -> None:
    outside = Outside()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(outside.answer), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
