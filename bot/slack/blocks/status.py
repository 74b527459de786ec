"""What is running, what came of the rest, what was spent; a request's card for one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, SectionBlock

from bot.domain.progress import Progress
from bot.domain.request import ChannelId, Request, State, TakeState, UserId
from bot.slack.blocks import generation
from bot.slack.blocks.buttons import Copied
from bot.slack.blocks.message import Message, context, moment, mrkdwn, section
from bot.slack.blocks.voice import Voice
from bot.slack.blocks.wording import ICONS, called, described

SHOW = "show_request"

MOST_RUNNING = 20
MOST_ENDED = 10
MOST_SPENDERS = 10
_WHEN = "{date_short_pretty} {time}"


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody may want to know at a glance, the newest first.

    Attributes:
        left: credits on the account, if that is known.
        spent: credits that each person spent this month, the highest first; None where credits
            are not for whoever looks.
    """

    running: tuple[Request, ...] = ()
    ended: tuple[Request, ...] = ()
    left: float | None = None
    spent: tuple[tuple[UserId, float], ...] | None = ()

    def without_credits(self) -> "Overview":
        """The same for somebody who may not know what is left, and who spent what."""
        running, ended = (tuple(map(without_credits, each)) for each in (self.running, self.ended))
        return Overview(running, ended, left=None, spent=None)


def without_credits(request: Request) -> Request:
    """A request as somebody sees it who may not know what it cost, and what is left."""
    takes = tuple(replace(each, credits_used=None) for each in request.takes)
    return replace(request, takes=takes, credits_left=None)


def status(overview: Overview, voice: Voice) -> Message:
    """What `/regen status` tells: of a channel, with a button for each request."""
    text = voice.say("status-text", running=len(overview.running))
    blocks: tuple[Block, ...] = (
        *running(overview.running[:MOST_RUNNING], len(overview.running), voice, button=True),
        *ended(overview.ended[:MOST_ENDED], voice, button=True),
    )
    if overview.spent is None:
        return Message(text, blocks)
    blocks += (DividerBlock(), *money(overview, voice))
    return Message(f"{text} {_left(overview.left, voice)}.", blocks)


def running(
    requests: Sequence[Request], count: int, voice: Voice, *, button: bool = False
) -> list[Block]:
    """Those of `count` requests that are shown, and how far they are."""
    if not requests:
        return [section(voice.say("status-running-none"))]
    blocks: list[Block] = [section(voice.say("status-running"))]
    blocks += [_entry(each, _how_far(each, voice), voice, button=button) for each in requests]
    if count > len(requests):
        blocks.append(context(voice.say("status-more", count=count - len(requests))))
    return blocks


def ended(requests: Sequence[Request], voice: Voice, *, button: bool = False) -> list[Block]:
    """What came of them."""
    if not requests:
        return [section(voice.say("status-ended-none"))]
    blocks: list[Block] = [section(voice.say("status-ended"))]
    return blocks + [_entry(each, _end(each, voice), voice, button=button) for each in requests]


def money(overview: Overview, voice: Voice) -> list[Block]:
    """What is left, and who spent what."""
    return [credits_left(overview, voice), section(_spent(overview.spent or (), voice))]


def credits_left(overview: Overview, voice: Voice) -> Block:
    """What is left."""
    return section(f"💳 {_left(overview.left, voice)}")


def shown_running(
    request: Request,
    progress: Progress | None,
    usual: float | None,
    now: float,
    voice: Voice,
) -> Message:
    """The card of a request that runs; no `progress` where IACrea does not work on it yet."""
    if progress is None:
        card = generation.waiting(request, voice)
    else:
        card = generation.running(request, progress, usual, now, voice)
    return _with_link(card, request, voice)


def shown_ended(request: Request, channel: ChannelId, voice: Voice) -> Message:
    """The outcome of a request, shown in `channel`: its buttons lead to its thread, if it is there.

    From another channel they begin a thread of their own, as nobody posts into one unseen.
    """
    thread = request.thread if request.asked.channel == channel else None
    return _with_link(generation.outcome(request, voice, Copied(thread)), request, voice)


def told_elsewhere(request: Request, voice: Voice) -> Message:
    """The outcome for the person who asked, where its thread cannot take it."""
    return _with_link(generation.outcome(request, voice), request, voice)


def _with_link(card: Message, request: Request, voice: Voice) -> Message:
    link = _link(request, voice)
    return Message(card.text, (*card.blocks, context(link))) if link else card


def _entry(request: Request, line: str, voice: Voice, *, button: bool) -> Block:
    what = [f"<@{request.asked.by}>", described(request, voice), called(request, voice)]
    accessory = None
    if button:
        words = voice.say("button-show")
        accessory = ButtonElement(action_id=SHOW, text=words, value=request.id)
    icon = ICONS[request.outcome] if request.ended else "🎬"
    text = f"{icon} {' · '.join(what)}\n{line}"
    return SectionBlock(text=mrkdwn(text), accessory=accessory)


def _how_far(request: Request, voice: Voice) -> str:
    ago = voice.say("progress-since", ago=moment(request.asked.at, "{ago}"))
    return _joined(_stage(request, voice), ago, _link(request, voice))


def _stage(request: Request, voice: Voice) -> str:
    """What the record alone tells; how far IACrea is, the request's own message shows."""
    if request.state in {State.ACCEPTED, State.CHECKED}:
        return voice.say("status-checking")
    if request.state is not State.PENDING:
        return voice.say("stage-looking" if request.wish.watch else "stage-sending")
    done, of = sum(take.state is TakeState.DONE for take in request.takes), len(request.takes)
    if of == 1:
        return voice.say("status-working")
    return voice.say("status-working-some", done=done, of=of)


def _end(request: Request, voice: Voice) -> str:
    used = [take.credits_used for take in request.takes if take.credits_used is not None]
    at = request.asked.at if request.ended_at is None else request.ended_at
    return _joined(
        voice.say(f"closing-{request.outcome}"),
        voice.say("fact-used", credits=round(sum(used), 2)) if used else "",
        moment(at, _WHEN),
        _link(request, voice),
    )


def _link(request: Request, voice: Voice) -> str:
    if request.message is None:
        return ""
    link = voice.link(request.asked.channel, request.message)
    return voice.say("status-thread", link=link)


def _left(left: float | None, voice: Voice) -> str:
    if left is None:
        return voice.say("status-left-unknown")
    return voice.say("status-left", credits=round(left, 2))


def _spent(spent: Sequence[tuple[UserId, float]], voice: Voice) -> str:
    if not spent:
        return voice.say("status-spent-none")
    lines = [
        voice.say("status-spender", who=f"<@{user}>", credits=round(each, 2))
        for user, each in spent[:MOST_SPENDERS]
    ]
    return "\n".join([voice.say("status-spent"), *lines])


def _joined(*said: str) -> str:
    return " · ".join(each for each in said if each)
