"""Holds a run against the promise, by what both simulators saw alone; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sandbox.iacrea import Call
from sandbox.slack import Message

ANNOUNCEMENT, OUTCOME = "announcement", "outcome"
_UNDER_WAY = re.compile("[▰▱]")
_TOO_MANY_REQUESTS = 429
_SLACK_OFF = 1.15
"""A poll may come earlier than its time by as much as a delayed one came late."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one ask.

    Attributes:
        sent: gestures that may have started a request.
        acknowledged: whether one of them was.
        messages: what the ask's channel shows, replies too.
        private: how many answers its person saw, storyboards not counted; a form that is open
            with what is wrong, or with a question, is one as well.
        may_look: whether the bot may look for a message of its own in that channel.
        posts: POSTs of its sequence that arrived at IACrea.
        deleted: announcements that somebody took down.
        direct: what the bot told its person directly, of this ask and of others.
    """

    name: str
    sent: int
    acknowledged: bool
    messages: tuple[Message, ...]
    private: int
    posts: tuple[Call, ...]
    may_look: bool = True
    deleted: tuple[Message, ...] = ()
    direct: tuple[Message, ...] = ()

    @property
    def announced(self) -> list[tuple[str, Message]]:
        """Every announcement that was posted, by its request's id."""
        return parts((*self.messages, *self.deleted), ANNOUNCEMENT)

    @property
    def ended(self) -> set[str]:
        """The requests whose end was told: in the thread, by the announcement, or directly."""
        told = {request for request, _ in parts(self.messages, OUTCOME)}
        closed = {request for request, message in self.announced if _is_closed(message)}
        links = {request: message.ts.replace(".", "") for request, message in self.announced}
        direct = str([message.blocks for message in self.direct])
        return told | closed | {request for request, ts in links.items() if f"/p{ts}" in direct}


@dataclass(frozen=True, slots=True)
class Polled:
    """The polls of one video, Unix seconds, and when the last request of it had ended."""

    video: str
    at: tuple[float, ...]
    requests: int
    over: float


@dataclass(slots=True)
class Verdict:
    """What came out.

    Attributes:
        requests: announced ones.
        waited: those of them that waited in line for a render.
        followed: videos whose card was posted.
        private: asks that were answered in private alone.
        repeated: announcements that stand twice, as nothing could tell the bot that the first
            one stands: it cannot look, and Slack's answer was lost, or the process that got it.
    """

    requests: int = 0
    waited: int = 0
    followed: int = 0
    private: int = 0
    repeated: int = 0
    violations: list[str] = field(default_factory=list)


def settled(seen: Seen) -> bool:
    """Whether nothing of an ask is under way any more."""
    announced = seen.announced
    if seen.acknowledged and not announced and not seen.private:
        return False
    return {request for request, _ in announced} <= seen.ended


def judge(seen: Sequence[Seen], polled: Sequence[Polled], interval: float) -> Verdict:
    """Every invariant, on the evidence of a run that has settled or was given up."""
    verdict = Verdict()
    for each in seen:
        _judge_ask(each, verdict)
    for video in polled:
        verdict.violations += _cadence(video, interval)
    return verdict


def parts(messages: Sequence[Message], part: str) -> list[tuple[str, Message]]:
    """The messages that are that part of a request, each with the request's id."""
    said = ((message, (message.metadata or {}).get("event_payload", {})) for message in messages)
    return [(told["request"], message) for message, told in said if told.get("part") == part]


def _judge_ask(seen: Seen, verdict: Verdict) -> None:
    requests = {request for request, _ in seen.announced}
    verdict.requests += len(requests)
    verdict.waited += len({request for request, each in seen.announced if _has_waited(each)})
    verdict.private += not requests and bool(seen.private)
    told = [request for request, _ in parts(seen.messages, OUTCOME)]
    standing = [request for request, _ in parts(seen.messages, ANNOUNCEMENT)]
    repeated = len(standing) - len(set(standing))
    verdict.repeated += repeated
    wrong = [*_begun(seen, len(requests)), *_ended(seen)]
    if len(told) > len(set(told)):
        wrong.append("told twice")
    if repeated and seen.may_look:
        wrong.append("announced twice although the bot can look into the channel")
    verdict.violations += [f"{seen.name}: {words}" for words in wrong]


def _begun(seen: Seen, requests: int) -> Iterator[str]:
    """What is wrong with what was started: forgotten, started twice, or paid twice."""
    if seen.acknowledged and not requests and not seen.private:
        yield "acknowledged, and nobody was told anything"
    if requests > max(1, seen.sent):
        yield f"{requests} requests of {seen.sent} gestures"
    sent = [call for call in seen.posts if call.status != _TOO_MANY_REQUESTS]
    if len(sent) > requests:
        yield f"sent {len(sent)} times for {requests} requests"


def _ended(seen: Seen) -> Iterator[str]:
    """What is wrong with the ends: missing, in another place, or made by a stranger."""
    for request in {request for request, _ in seen.announced} - seen.ended:
        yield f"request {request} did not end"
    roots = {(request, message.ts) for request, message in seen.announced}
    if not seen.may_look:
        # Slack put it into the channel, as its thread was gone, and its answer was lost: nobody
        # can know of it, and its person was told otherwise.
        roots |= {(request, None) for request, _ in parts(seen.deleted, ANNOUNCEMENT)}
    for request, message in parts(seen.messages, OUTCOME):
        if (request, message.thread_ts) not in roots:
            yield f"the outcome of {request} is not in its thread"
    if any("Not watched any more" in message.text for _, message in seen.announced):
        yield "stopped, which nobody who may do so did"


def _is_closed(message: Message) -> bool:
    """Whether an announcement says the end by itself: it shows no progress any more."""
    return not _UNDER_WAY.search(str(message.blocks))


def _has_waited(message: Message) -> bool:
    return any("Waits for the render" in each.text for each in message.versions)


def _cadence(video: Polled, interval: float) -> list[str]:
    """Too many polls for the time, or any after the end; checks before a request count as polls."""
    found = []
    if not video.at:
        return found
    due = (video.at[-1] - video.at[0]) / interval * _SLACK_OFF
    allowed = due + 3 + 3 * video.requests
    if len(video.at) > allowed:
        found.append(f"{video.video}: {len(video.at)} polls where {allowed:.0f} were due")
    late = [moment for moment in video.at if moment > video.over]
    if late:
        found.append(f"{video.video}: {len(late)} polls after the end")
    return found
