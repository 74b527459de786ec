"""The buttons that make something go wrong, one for each fault."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from sandbox.demo.bot_process import BotState
from sandbox.demo.panel.components import Components
from sandbox.iacrea import Answered, Lost, VideoStatus

SLOW = 3.0
"""Seconds by which a slow IACrea answers later; the bot gives up after ten."""
RETRY_AFTER = 3
"""Seconds after which whoever was limited may come again."""
_POLLS = 3
_SLACK_CALLS = ("chat.postMessage", "chat.update", "chat.postEphemeral")

Do: TypeAlias = Callable[[Components], Awaitable[None]]
Left: TypeAlias = Callable[[Components], int]


@dataclass(frozen=True, slots=True)
class FaultButton:
    """A button that makes something go wrong.

    Attributes:
        id: names it on the wire.
        group: whom it happens to.
        label: on the button.
        hint: what one sees then.
        do: makes it happen; where it is a switch that is on, ends it.
        left: how often it will yet happen; of a switch, 1 while it is on.
    """

    id: str
    group: str
    label: str
    hint: str
    do: Do
    left: Left


async def _fail_next(components: Components) -> None:
    components.iacrea.account.fail_next(ends=VideoStatus.FAILED)


async def _lose_answer(components: Components) -> None:
    components.iacrea.faults.posts.append(Lost())


async def _too_many(components: Components) -> None:
    components.iacrea.faults.posts.append(Answered(429, retry_after=RETRY_AFTER))
    components.iacrea.faults.gets.append(Answered(429, retry_after=RETRY_AFTER))


async def _break_down(components: Components) -> None:
    components.iacrea.faults.posts.append(Answered(500))
    components.iacrea.faults.gets.extend([Answered(500)] * _POLLS)


def _waiting(components: Components, status: int) -> int:
    queues = (components.iacrea.faults.posts, components.iacrea.faults.gets)
    return sum(
        isinstance(each, Answered) and each.status == status for queue in queues for each in queue
    )


async def _slow_down(components: Components) -> None:
    components.iacrea.faults.delay = 0.0 if components.iacrea.faults.delay else SLOW


async def _limit_slack(components: Components) -> None:
    components.slack.faults.retry_after = RETRY_AFTER
    components.slack.faults.rate_limited.update(dict.fromkeys(_SLACK_CALLS, 1))


async def _deliver_twice(components: Components) -> None:
    components.slack.faults.deliver_twice += 1


async def _kill(components: Components) -> None:
    if not components.bot.kill():
        raise ValueError("The bot is dead already; it comes back by itself.")


async def _switch_valkey(components: Components) -> None:
    if components.valkey.is_kept_down:
        components.valkey.start()
    elif components.valkey.pid is None:
        raise ValueError("Valkey does not run yet.")
    else:
        await components.valkey.stop()


FAULT_BUTTONS = {
    each.id: each
    for each in (
        FaultButton(
            "kill",
            "Machinery",
            "kill -9 the bot",
            "It dies at once; a new process starts by itself after a few seconds.",
            _kill,
            lambda components: int(components.bot.state is BotState.DEAD),
        ),
        FaultButton(
            "valkey",
            "Machinery",
            "Stop Valkey",
            "Nothing starts, nothing is spent",
            _switch_valkey,
            lambda components: int(components.valkey.is_kept_down),
        ),
        FaultButton(
            "lose-answer",
            "IACrea",
            "Lose the next answer",
            "Paid, and the bot never hears of it",
            _lose_answer,
            lambda components: sum(
                isinstance(each, Lost) for each in components.iacrea.faults.posts
            ),
        ),
        FaultButton(
            "fail-next",
            "IACrea",
            "Fail the next sequence",
            "The thread offers another try",
            _fail_next,
            lambda components: components.iacrea.account.failures_to_come,
        ),
        FaultButton(
            "too-many",
            "IACrea",
            "Answer 429",
            "To the next POST and poll",
            _too_many,
            lambda components: _waiting(components, 429),
        ),
        FaultButton(
            "break-down",
            "IACrea",
            "Answer 500",
            "To the next POST and three polls",
            _break_down,
            lambda components: _waiting(components, 500),
        ),
        FaultButton(
            "slow-down",
            "IACrea",
            "Slow down",
            f"Every answer {SLOW:g} s later",
            _slow_down,
            lambda components: int(components.iacrea.faults.delay > 0),
        ),
        FaultButton(
            "limit-slack",
            "Slack",
            "Rate-limit the bot",
            "Posts and edits get a 429",
            _limit_slack,
            lambda components: sum(components.slack.faults.rate_limited.values()),
        ),
        FaultButton(
            "twice",
            "Slack",
            "Deliver twice",
            "The next click, or command",
            _deliver_twice,
            lambda components: components.slack.faults.deliver_twice,
        ),
    )
}


def clear_faults(components: Components) -> None:
    """Takes back every fault that has not struck yet."""
    components.iacrea.account.fail_no_more()
    components.iacrea.faults.posts.clear()
    components.iacrea.faults.gets.clear()
    components.iacrea.faults.delay = 0.0
    components.slack.faults.rate_limited.clear()
    components.slack.faults.deliver_twice = 0
    components.valkey.start()
