"""What came of the play, counted by the simulators, held against the product's promise."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.demo.errors import DemoError
from bot.demo.styled import Line, Span, Style
from bot.simulator.iacrea import IACreaSimulator
from bot.simulator.slack import Channel, Delivery, Message, Workspace

ANNOUNCEMENT = "announcement"
OUTCOME = "outcome"
"""The parts of a request, as the bot names them in the metadata of its messages."""

_LABEL, _VALUE = 13, 9


@dataclass(frozen=True, slots=True)
class Ledger:
    """The numbers.

    Attributes:
        requests: commands and presses of people.
        deliveries: how often Slack brought them to the bot.
        announced: requests with a message in the channel.
        refused: private answers, to requests that were not started.
        posts: what IACrea was asked to regenerate, and did.
        cost: credits for each of them.
        before: credits before the play.
        after: credits after it.
        told: how many outcomes stand in the channel's threads, for each request that has one.
    """

    requests: int
    deliveries: int
    announced: int
    refused: int
    posts: int
    cost: int
    before: int
    after: int
    told: tuple[int, ...]

    @classmethod
    def drawn(
        cls,
        deliveries: Iterable[Delivery],
        workspace: Workspace,
        channel: Channel,
        iacrea: IACreaSimulator,
        *,
        before: int,
    ) -> Self:
        """Counts. `before`: the account's credits before the play."""
        gestures = list(deliveries)
        messages = conversation(workspace, channel)
        return cls(
            requests=len(gestures),
            deliveries=sum(1 + len(each.repeats) for each in gestures),
            announced=len(parts(messages, ANNOUNCEMENT)),
            refused=private_answers(workspace, channel),
            posts=iacrea.posts,
            cost=iacrea.studio.cost,
            before=before,
            after=iacrea.studio.credits,
            told=tuple(Counter(request for request, _ in parts(messages, OUTCOME)).values()),
        )

    def check(self) -> None:
        """Holds the numbers against the promise: spent once, finished, told once.

        Raises:
            DemoError: they do not add up.
        """
        adds_up = {
            "each request is started or answered": self.announced + self.refused == self.requests,
            "each that was started is sent once": self.posts == self.announced,
            "each is paid once": self.before - self.after == self.posts * self.cost,
            "each is told": len(self.told) == self.announced,
            "each is told once": set(self.told) <= {1},
        }
        broken = [promise for promise, kept in adds_up.items() if not kept]
        if broken:
            raise DemoError(f"it is not true that {' and that '.join(broken)}: {self}")

    def lines(self) -> list[Line]:
        """The numbers in three columns."""
        return [
            _row("asked for", self.requests, f"in {self.deliveries} deliveries by Slack"),
            _row("not started", self.refused, "answered in private, free of charge"),
            _row("spent on", self.posts, f"POSTs that IACrea received, {self.cost} credits each"),
            _row("credits", f"{self.before} → {self.after}", f"{self.before - self.after} used"),
            _row("told", sum(self.told), "outcomes, each once in its thread"),
        ]


def conversation(workspace: Workspace, channel: Channel) -> list[Message]:
    """What everybody sees in a channel and its threads, the oldest first."""
    roots = workspace.messages(channel)
    messages = [message for root in roots for message in workspace.thread(channel, root.ts)]
    return sorted(messages, key=lambda message: message.ts)


def private_answers(workspace: Workspace, channel: Channel) -> int:
    """How many answers in a channel one person alone sees."""
    return sum(len(workspace.ephemerals(user, channel)) for user in workspace.users())


def parts(messages: Iterable[Message], part: str) -> list[tuple[str, Message]]:
    """The messages that are that part of a request, each with the request's id."""
    told = ((message, (message.metadata or {}).get("event_payload", {})) for message in messages)
    return [(said["request"], message) for message, said in told if said.get("part") == part]


def _row(label: str, value: object, remark: str) -> Line:
    return (
        Span(f"  {label:<{_LABEL}}"),
        Span(f"{value!s:<{_VALUE}}", Style.BOLD),
        Span(remark, Style.DIM),
    )
