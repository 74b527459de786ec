"""Compares what the simulators counted with what the product promises; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sandbox.iacrea import Call, IACreaSimulator
from sandbox.slack import Delivery, Kind, Message, SlackSimulator

ANNOUNCEMENT = "announcement"
OUTCOME = "outcome"
"""The parts of a request, as the bot names them in the metadata of its messages."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the promise, and whether it was kept; None while nobody can say yet."""

    words: str
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Promise:
    """The numbers that the promise is judged by.

    Attributes:
        requests: what people typed, said to the bot, pressed and chose.
        deliveries: how often Slack brought it to the bot.
        cost: credits for each regeneration.
        spent: credits that the account has lost.
        asked: when each request was announced in a channel, Unix seconds.
        sent: when each regeneration took effect, by video and sequence.
        told: how many outcomes stand in the threads, for each request that was announced.
    """

    requests: int
    deliveries: int
    cost: int
    spent: int
    asked: Sequence[float]
    sent: Mapping[tuple[str, str], Sequence[float]]
    told: Mapping[str, int]

    @classmethod
    def counted(cls, slack: SlackSimulator, iacrea: IACreaSimulator, *, before: int) -> Self:
        """Counts what both simulators saw; `before` is how many credits the account had."""
        workspace = slack.workspace
        channels = workspace.channels()
        said = [message for each in channels for message in workspace.conversation(each)]
        announced = _parts(said, ANNOUNCEMENT)
        outcomes = Counter(request for request, _ in _parts(said, OUTCOME))
        actions = [each for each in slack.deliveries if _is_done_by_a_person(each)]
        return cls(  # Slack may deliver one payload twice, so the same object counts once
            requests=len({id(each.sent) for each in actions}),
            deliveries=len(actions),
            cost=iacrea.account.cost,
            spent=before - iacrea.account.credits,
            asked=[float(message.ts) for _, message in announced],
            sent=_sent(iacrea.calls),
            told={request: outcomes[request] for request, _ in announced},
        )

    @property
    def posts(self) -> int:
        """How many regenerations took effect."""
        return sum(map(len, self.sent.values()))

    def sentences(self) -> list[Sentence]:
        """Returns the promise, sentence by sentence."""
        told = self.told.values()
        return [
            Sentence("Nothing is sent unasked", self._is_asked_for()),
            Sentence("Each regeneration is paid once", self.spent == self.posts * self.cost),
            Sentence("Each request is finished and told", all(told) or None),
            Sentence("Each outcome is told once", all(times <= 1 for times in told)),
        ]

    def _is_asked_for(self) -> bool:
        """Whether each sequence was only sent after as many requests as it had sends."""
        return all(
            sum(asked <= at for asked in self.asked) >= count
            for times in self.sent.values()
            for count, at in enumerate(times, start=1)
        )


def _is_done_by_a_person(delivery: Delivery) -> bool:
    """Whether somebody did something with the app, said something to it included."""
    if delivery.sent.kind is not Kind.EVENT:
        return True
    event = delivery.payload["event"]
    said = event["type"] in {"app_mention", "message"}
    return said and not any(event.get(each) for each in ("bot_id", "subtype", "edited"))


def _parts(messages: Iterable[Message], part: str) -> list[tuple[str, Message]]:
    """Returns the messages that are that part of a request, each with the request's id."""
    told = ((message, (message.metadata or {}).get("event_payload", {})) for message in messages)
    return [(said["request"], message) for message, said in told if said.get("part") == part]


def _sent(calls: Iterable[Call]) -> dict[tuple[str, str], list[float]]:
    sent: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for call in calls:
        if call.effective and isinstance(call.body, dict) and "sequenceId" in call.body:
            video = call.path.rpartition("/")[2]
            sent[video, call.body["sequenceId"]].append(call.time)
    return dict(sent)
