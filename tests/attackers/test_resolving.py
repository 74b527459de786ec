"""No action of somebody who may not spend changes any later POST: any order of what people do.

The whole bot runs on the simulators. A model that does not know of strangers at all tells what each
POST has to be.
"""

import asyncio
import uuid
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bot.domain.request import ChannelId
from bot.store.client import connect
from bot.store.videos import Videos
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Guest, Message, SlackSimulator, User, read_manifest
from tests.conftest import ROOT, free_port, running
from tests.depth import IN_CI

NAMES = ("pier", "harbour", "lilac-street")
VIDEOS = ("lilac-street", "video-one", "video-two")
"""The first one's id looks like a name."""
ACTS = (
    "name {name} pier",
    "{video}",
    "{name}",
    "last",
    "{video} 1",
    "{name} 2",
    "last 1",
    "{video} failed",
    "show {video}",
    "status",
    "",
)
"""What a stranger may type."""
PRESSED = ("regenerate_again", "storyboard", "stop_watching", "name_video", "another_image")


class Resolving(RuleBasedStateMachine):
    """Members name and spend; strangers try whatever can be typed and pressed."""

    def __init__(self, redis_url: str, directory: Path, *, listed: bool) -> None:
        """`listed`: ALLOWED_USERS says who may spend, else all but guests may."""
        super().__init__()
        self.listed = listed
        self.redis_url, self.directory = redis_url, directory
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.names: dict[str, str] = {}
        self.meant: dict[tuple[str, str], str] = {}
        self.last: str | None = None
        self.expected: list[tuple[str, str]] = []
        self.asking: Message | None = None

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, 60))

    @initialize()
    def starts(self) -> None:
        self.run(self._start())

    async def _start(self) -> None:
        enter = self.stack.enter_async_context
        manifest = read_manifest(ROOT / "manifest.yml")
        self.slack = await enter(SlackSimulator(manifest))
        quick = Timings(queue=0.0, animate=0.0, render=0.0)
        self.iacrea = await enter(IACreaSimulator(timings=quick, credits=10_000))
        workspace = self.slack.workspace
        self.members = [workspace.add_user(each) for each in ("anna", "ben")]
        self.channel = workspace.add_channel("listings", bot_member=True)
        kind = None if self.listed else Guest.MULTI_CHANNEL
        self.strangers = [workspace.add_user(each, guest=kind) for each in ("gus", "una", "eve")]
        for each in (*self.members, *self.strangers):
            workspace.join(self.channel, each)
        for video in VIDEOS:
            self.iacrea.account.add_video(id=video, sequences=3)
        prefix = f"resolving-{uuid.uuid4().hex[:8]}:"
        port = free_port()
        await enter(
            running(
                {
                    "SLACK_BOT_TOKEN": self.slack.bot_token,
                    "SLACK_APP_TOKEN": self.slack.app_token,
                    "SLACK_API_URL": self.slack.api_url,
                    "IACREA_API_KEY": self.iacrea.api_key,
                    "IACREA_BASE_URL": self.iacrea.base_url,
                    "REDIS_URL": self.redis_url,
                    "REDIS_PREFIX": prefix,
                    "BOT_DATA_DIR": str(self.directory),
                    "PORT": str(port),
                    "POLL_INTERVAL": "0.02",
                    "ALLOWED_USERS": ",".join(each.id for each in self.members if self.listed),
                }
            )
        )
        self.videos = Videos(await enter(connect(self.redis_url)), prefix)

    @rule(who=st.integers(0, 1), video=st.sampled_from(VIDEOS), name=st.sampled_from(NAMES))
    def a_member_names(self, who: int, video: str, name: str) -> None:
        if name not in VIDEOS and self.names.get(name) in {None, video}:
            self.names = {key: each for key, each in self.names.items() if each != video}
            self.names[name] = video
        self.run(self._type(self.members[who], f"name {video} {name}"))

    @rule(
        who=st.integers(0, 1),
        ref=st.sampled_from((*NAMES, *VIDEOS[1:], "last", "last", "last")),
        position=st.integers(1, 3),
    )
    def a_member_spends(self, who: int, ref: str, position: int) -> None:
        member = self.members[who]
        video = self.last if ref == "last" else ref if ref in VIDEOS else self.names.get(ref)
        named = ref in self.names and ref not in VIDEOS
        if named and self.meant.get((member.id, ref), video) != video:
            self.run(self._asked_first(member, f"{ref} {position}"))
        if video is not None:
            sequence = self.iacrea.account.videos[video].sequences[position - 1].id
            self.expected.append((video, sequence))
            self.last = video
            if named:
                self.meant[member.id, ref] = video
        self.run(self._go_ahead(member) if self.asking else self._type(member, f"{ref} {position}"))

    @rule(
        who=st.integers(0, 2),
        act=st.sampled_from(ACTS),
        video=st.sampled_from(VIDEOS),
        name=st.sampled_from(NAMES),
    )
    def a_stranger_types(self, who: int, act: str, video: str, name: str) -> None:
        self.run(self._type(self.strangers[who], act.format(video=video, name=name)))

    @rule(who=st.integers(0, 2), video=st.sampled_from(VIDEOS), how=st.sampled_from((" 1", "")))
    def a_stranger_spends_or_looks(self, who: int, video: str, how: str) -> None:
        self.run(self._type(self.strangers[who], f"{video}{how}"))

    @rule(who=st.integers(0, 2), video=st.sampled_from(VIDEOS), name=st.sampled_from(NAMES))
    def a_stranger_names(self, who: int, video: str, name: str) -> None:
        self.run(self._type(self.strangers[who], f"name {video} {name}"))

    @rule(who=st.integers(0, 2), action=st.sampled_from(PRESSED), back=st.integers(0, 3))
    def a_stranger_presses(self, who: int, action: str, back: int) -> None:
        found = [each for each in self._everything() if _has(each, action)]
        if found:
            target = found[-1 - back % len(found)]
            self.run(self._press(self.strangers[who], target, action))

    @invariant()
    def every_post_is_as_if_there_were_no_strangers(self) -> None:
        if hasattr(self, "iacrea"):
            assert self._posts() == self.expected
            assert self.run(self._words()) == (self.last, self.names)

    async def _words(self) -> tuple[str | None, dict[str, str]]:
        """What `last` and the names mean, so that a change is seen before it is paid for."""
        found = {each: await self.videos.find(each) for each in NAMES}
        known = {name: str(video) for name, video in found.items() if video is not None}
        return await self.videos.last(ChannelId(self.channel.id)), known

    def _posts(self) -> list[tuple[str, str]]:
        return [
            (call.path.rpartition("/")[2], call.body["sequenceId"])
            for call in self.iacrea.calls
            if call.method == "POST" and call.effective
        ]

    def _everything(self) -> list[Message]:
        workspace = self.slack.workspace
        return [
            each
            for message in workspace.messages(self.channel)
            for each in (message, *workspace.thread(self.channel, message.ts))
        ]

    async def _asked_first(self, member: User, typed: str) -> None:
        """A name that means another video by now asks first, and nothing was sent."""
        await self._type(member, typed)
        shown = self.slack.workspace.ephemerals(member, self.channel)
        self.asking = next(each for each in reversed(shown) if _has(each, "go_ahead"))
        assert self._posts() == self.expected

    async def _go_ahead(self, member: User) -> None:
        question, self.asking = self.asking, None
        assert question is not None
        await self.slack.click(member, question, "go_ahead")
        await self._settled()

    async def _press(self, user: User, message: Message, action: str) -> None:
        await self.slack.click(user, message, action)
        await self._settled()

    async def _type(self, user: User, typed: str) -> None:
        shown = len(self.slack.calls)
        await self.slack.command(user, self.channel, f"/regen {typed}")
        await self.slack.until(lambda _: len(self.slack.calls) > shown or self._answered(user))
        await self._settled()

    def _answered(self, user: User) -> bool:
        """Also in the acknowledgement, which is no call."""
        return bool(self.slack.workspace.ephemerals(user, self.channel))

    async def _settled(self) -> None:
        """Until all is as the model has it, or for some seconds; and then nothing more is said."""
        for _ in range(1200):
            if (self._posts(), await self._words()) == (self.expected, (self.last, self.names)):
                break
            await asyncio.sleep(0.05)
        still, before = 0, (0, 0)
        while still < 4:
            await asyncio.sleep(0.05)
            now = (len(self.slack.calls), len(self.iacrea.calls))
            still = still + 1 if now == before else 0
            before = now

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.close()


def _has(message: Message, action: str) -> bool:
    return any(
        element.get("action_id") == action
        for block in message.blocks
        for element in block.get("elements", ())
    )


@pytest.mark.parametrize("listed", [False, True], ids=["guests", "not listed"])
def test_nobody_who_may_not_spend_changes_any_later_post(
    listed: bool, valkey_url: str, tmp_path: Path
) -> None:
    run_state_machine_as_test(
        lambda: Resolving(valkey_url, tmp_path / "data", listed=listed),
        settings=settings(
            max_examples=8 if IN_CI else 2,
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.generate],  # a shorter example would take minutes to find
            suppress_health_check=list(HealthCheck),
        ),
    )
