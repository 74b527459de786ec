"""Says what is running, what came of the rest, what was spent; shows one person a card."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, SectionBlock

from bot.domain.follow import Follow
from bot.domain.line import waits
from bot.domain.progress import Progress
from bot.domain.request import ChannelId, GenerationState, Request, State, UserId
from bot.slack.blocks.buttons import PrivateCopy, button
from bot.slack.blocks.did_you_mean import SHOW
from bot.slack.blocks.message import Message, context, formatted_date, mrkdwn, section
from bot.slack.blocks.texts import Texts
from bot.slack.blocks.wording import ICONS, called, described, waiting_for, which_sequences
from bot.slack.status.followed import followed
from bot.slack.telling import messages

MOST_RUNNING = 20
MOST_ENDED = 10
MOST_SPENDERS = 10
_WHEN = "{date_short_pretty} {time}"
_ROOM_RUNNING = 6500
_ROOM_ENDED = 4000
"""Characters for each of the two lists. Slack refuses a message as `msg_blocks_too_long` from about
13,200 in all, and each block takes some more than its text (slackapi/bolt-js#2509, #2867)."""
_EACH_BLOCK = 75

Line = Callable[[Request, Texts], str]
"""Returns what is said below the name of a request."""
Below = Callable[[Request], Iterable[Block]]
"""Returns the blocks below all that is said of a request."""


@dataclass(frozen=True, slots=True)
class Report:
    """Holds what somebody may want to know at a glance, the newest first.

    Attributes:
        left: credits on the account, if that is known.
        spent: credits that each person spent this month, the highest first; None if whoever looks
            may not see credits.
        followed: what is only followed, the oldest first.
    """

    running: tuple[Request, ...] = ()
    ended: tuple[Request, ...] = ()
    left: float | None = None
    spent: tuple[tuple[UserId, float], ...] | None = ()
    followed: tuple[Follow, ...] = ()

    def without_credits(self) -> "Report":
        """Returns the same for somebody who may not know what is left, and who spent what."""
        running, ended = (tuple(map(without_credits, each)) for each in (self.running, self.ended))
        return Report(running, ended, left=None, spent=None, followed=self.followed)

    def for_one(self, own: UserId | None) -> "Report":
        """Returns the same with only what `own` spent, or unchanged if that is None."""
        if own is None or self.spent is None:
            return self
        return replace(self, spent=tuple(each for each in self.spent if each[0] == own))


def without_credits(request: Request) -> Request:
    """Returns a request without what it cost and what is left, for somebody who may not know."""
    generations = tuple(replace(each, credits_used=None) for each in request.generations)
    return replace(request, generations=generations, credits_left=None)


def status(overview: Report, own: UserId | None, texts: Texts) -> Message:
    """Returns the answer to `/regen status`: a channel's requests, with a button for each.

    `own` is the person whose spending is told; None tells everybody's.
    """
    runs = _few(overview.running[:MOST_RUNNING], _how_far, texts, _ROOM_RUNNING)
    ends = _few(overview.ended[:MOST_ENDED], _end, texts, _ROOM_ENDED)
    blocks = [
        *running(runs, len(overview.running), texts, number=1),
        *followed(overview.followed, texts),
        # The numbers go on, as no two buttons of a message may be read out alike.
        *ended(ends, texts, number=len(runs) + 1),
    ]
    if overview.spent is not None:
        blocks += [DividerBlock(), *money(overview, own, texts)]
    return Message.of(blocks, texts.say)


def running(
    requests: Sequence[Request],
    count: int,
    texts: Texts,
    *,
    number: int | None = None,
    below: Below | None = None,
) -> list[Block]:
    """Lists those of `count` requests that are shown, and how far they are.

    Each has a button if the first one's `number` is given, and under it what `below` returns.
    """
    if not requests:
        return [section(texts.say("status-running-none"))]
    blocks: list[Block] = [section(texts.say("status-running"))]
    blocks += _entries(requests, _how_far, texts, number, below)
    if count > len(requests):
        blocks.append(context(texts.say("status-more", count=count - len(requests))))
    return blocks


def ended(
    requests: Sequence[Request],
    texts: Texts,
    *,
    number: int | None = None,
    below: Below | None = None,
) -> list[Block]:
    """Lists what came of them, with buttons as above."""
    if not requests:
        return [section(texts.say("status-ended-none"))]
    return [section(texts.say("status-ended")), *_entries(requests, _end, texts, number, below)]


def money(overview: Report, own: UserId | None, texts: Texts) -> list[Block]:
    """Says what is left, and what that person spent; with None, who spent what."""
    left, spent = section(f"💳 {_left(overview.left, texts)}"), overview.spent or ()
    if own is None:
        return [left, section(_spent(spent, texts))]
    words = texts.say("home-spent", credits=round(dict(spent).get(own, 0.0), 2))
    return [left, context(words)]


def shown_running(
    request: Request,
    progress: Progress | None,
    usual: float | None,
    now: float,
    texts: Texts,
) -> Message:
    """Returns the card of a request that runs; no `progress` until IACrea works on it."""
    if progress is None:
        card = messages.waiting(request, texts)
    elif request.state is State.IN_LINE:
        card = messages.in_line(request, progress, texts)
    else:
        card = messages.running(request, progress, usual, now, texts)
    return messages.with_link(card, request, texts)


def shown_ended(request: Request, channel: ChannelId, texts: Texts) -> Message:
    """Returns the outcome of a request, to be shown in `channel`.

    Its buttons act in its thread, if that is in this channel. If not, they begin a thread of their
    own, since nobody should post into a thread that they do not see.
    """
    thread = request.thread if request.origin.channel == channel else None
    return messages.with_link(messages.outcome(request, texts, PrivateCopy(thread)), request, texts)


def _few(requests: Sequence[Request], line: Line, texts: Texts, room: int) -> Sequence[Request]:
    """Returns the first ones, as many as there is room for."""
    for at, each in enumerate(requests):
        room -= len(_words(each, line(each, texts), texts)) + _EACH_BLOCK
        if room < 0:
            return requests[:at]
    return requests


def _entries(
    requests: Sequence[Request],
    line: Line,
    texts: Texts,
    number: int | None,
    below: Below | None,
) -> list[Block]:
    return [
        block
        for at, each in enumerate(requests)
        for block in (
            _entry(each, line(each, texts), texts, None if number is None else number + at),
            *(below(each) if below else ()),
        )
    ]


def _entry(request: Request, line: str, texts: Texts, number: int | None) -> Block:
    accessory = None if number is None else _show(request, number, texts)
    return SectionBlock(text=mrkdwn(_words(request, line, texts)), accessory=accessory)


def _words(request: Request, line: str, texts: Texts) -> str:
    what = [f"<@{request.origin.user}>", described(request, texts), called(request, texts)]
    icon = ICONS[request.outcome] if request.ended else "🎬"
    return f"{icon} {' · '.join(what)}\n{line}"


def _show(request: Request, number: int, texts: Texts) -> ButtonElement:
    """Returns its button, with a number for whoever hears it and does not see its row."""
    spoken = texts.say("button-show-which", number=number, what=which_sequences(request, texts))
    return button(SHOW, texts.say("button-show"), request.id, spoken=spoken)


def _how_far(request: Request, texts: Texts) -> str:
    key = "in-line-since" if waits(request) else "progress-since"
    ago = texts.say(key, ago=formatted_date(request.origin.at, "{ago}"))
    return _joined(_stage(request, texts), ago, messages.thread_link(request, texts))


def _stage(request: Request, texts: Texts) -> str:
    """Says what the record tells; the request's own message shows how far IACrea is."""
    if waits(request):
        return waiting_for(request, None, texts)
    if request.state in {State.ACCEPTED, State.CHECKED}:
        return texts.say("status-checking")
    if request.state is not State.PENDING:
        return texts.say("stage-looking" if request.order.watch else "stage-sending")
    done, of = (
        sum(each.state is GenerationState.DONE for each in request.generations),
        len(request.generations),
    )
    if of == 1:
        return texts.say("status-working")
    return texts.say("status-working-some", done=done, of=of)


def _end(request: Request, texts: Texts) -> str:
    used = [each.credits_used for each in request.generations if each.credits_used is not None]
    at = request.origin.at if request.ended_at is None else request.ended_at
    return _joined(
        texts.say(f"closing-{request.outcome}"),
        texts.say("fact-used", credits=round(sum(used), 2)) if used else "",
        formatted_date(at, _WHEN),
        messages.thread_link(request, texts),
    )


def _left(left: float | None, texts: Texts) -> str:
    if left is None:
        return texts.say("status-left-unknown")
    return texts.say("status-left", credits=round(left, 2))


def _spent(spent: Sequence[tuple[UserId, float]], texts: Texts) -> str:
    if not spent:
        return texts.say("status-spent-none")
    lines = [
        texts.say("status-spender", who=f"<@{user}>", credits=round(each, 2))
        for user, each in spent[:MOST_SPENDERS]
    ]
    return "\n".join([texts.say("status-spent"), *lines])


def _joined(*said: str) -> str:
    return " · ".join(each for each in said if each)
