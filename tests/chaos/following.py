"""People who follow a video that stands still, and what has to come of that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.iacrea.api import SEQUENCE_PATH
from sandbox.slack import Message
from tests.chaos.schedule import Following, Place
from tests.chaos.world import World

STALLED = ("success", "error", "pending", "pending")
"""The sequences of each: one that failed, and two that are being made while somebody asks."""
_UNDER_WAY = re.compile("[▰▱]")


@dataclass(frozen=True, slots=True)
class FollowSeen:
    """What was seen of one.

    Attributes:
        acknowledged: whether it was.
        cards: those in the channel.
        failed, ends: the replies in its thread.
        direct: what its person was told directly, of that video.
        private: how many answers its person saw.
        posts: POSTs of its video.
    """

    name: str
    acknowledged: bool
    cards: tuple[Message, ...]
    failed: int
    ends: tuple[Message, ...]
    direct: tuple[Message, ...]
    private: int
    may_look: bool
    posts: int

    @property
    def settled(self) -> bool:
        """Whether nothing of it is under way any more."""
        if not self.cards:
            return not self.acknowledged or bool(self.private or self.direct)
        return any(not _UNDER_WAY.search(str(card.blocks)) for card in self.cards)


class Follower:
    """Somebody who follows one video."""

    def __init__(self, world: World, planned: Following) -> None:
        workspace = world.slack.workspace
        private = planned.place is Place.PRIVATE
        self.planned = planned
        self._world = world
        self._user = workspace.add_user(f"of-{planned.channel}")
        self._channel = workspace.add_channel(planned.channel, private=private, bot_member=True)
        self._acknowledged = False
        world.iacrea.account.add_video(STALLED, id=planned.video, state="GENERATING_VIDEO")

    async def asks(self) -> None:
        """Types it."""
        slack = self._world.slack
        slack.faults.deliver_twice += self.planned.twice
        text = f"/regen watch {self.planned.video}"
        delivery = await slack.command(self._user, self._channel, text)
        self._acknowledged = delivery.ok or any(each.ok for each in delivery.repeats)

    def seen(self) -> FollowSeen:
        """What there is of it now."""
        workspace, video = self._world.slack.workspace, self.planned.video
        parts = [(_part(each), each) for each in workspace.conversation(self._channel)]
        failed = self._world.iacrea.account.videos[video].sequences[1].id
        direct = workspace.messages(workspace.direct_message(self._user))
        path = SEQUENCE_PATH + video
        return FollowSeen(
            name=f"{self.planned.channel} ({video})",
            acknowledged=self._acknowledged,
            cards=tuple(each for part, each in parts if part.startswith("card ")),
            failed=sum(part.startswith(f"{failed} ") for part, _ in parts),
            ends=tuple(each for part, each in parts if part.startswith("end ")),
            direct=tuple(each for each in direct if video in str(each.blocks)),
            private=len(workspace.ephemerals(self._user, self._channel)),
            may_look=self._world.plan.may_look(self.planned.place),
            posts=sum(call.path == path for call in self._world.iacrea.calls),
        )


def broken(seen: FollowSeen) -> Iterator[str]:
    """Each way in which a follow did not keep the promise."""
    if seen.posts:
        yield f"{seen.name}: {seen.posts} POSTs by following alone"
    if not seen.settled:
        yield f"{seen.name}: did not end, or nobody was told anything"
    if len(seen.cards) > 1 and seen.may_look:
        yield f"{seen.name}: {len(seen.cards)} cards although the bot can look into the channel"
    if seen.failed > 1:
        yield f"{seen.name}: told {seen.failed} times of one failure"
    if len(seen.ends) > 1:
        yield f"{seen.name}: told the end {len(seen.ends)} times"
    direct = [each.text for each in seen.direct]
    finished = any("is ready" in each for each in (*direct, *(end.text for end in seen.ends)))
    if seen.cards and not seen.ends and not any("video" in each for each in direct):
        yield f"{seen.name}: the end was not told"
    if finished and not seen.failed and not any("failed at IACrea" in each for each in direct):
        yield f"{seen.name}: the failure was not told"


def _part(message: Message) -> str:
    return str((message.metadata or {}).get("event_payload", {}).get("part", ""))
