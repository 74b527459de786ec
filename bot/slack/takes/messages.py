"""Builds what somebody sees of a sequence's takes: a card for each, the newest first."""

from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CardBlock,
    CarouselBlock,
)

from bot.domain.request import GenerationState, MessageTs
from bot.domain.storyboard import Storyboard
from bot.domain.take import Take
from bot.domain.video import Sequence
from bot.slack.blocks import buttons, take_buttons
from bot.slack.blocks.message import (
    Message,
    code,
    context,
    fitting,
    formatted_date,
    mrkdwn,
    picture,
    section,
)
from bot.slack.blocks.texts import Texts

MOST_SHOWN = 10
"""Cards of a carousel. Source: Block Kit reference, carousel."""
_MOST_EFFECT = 110
"""Characters of an effect on a card, whose title holds 150."""
_MOST_BODY = 200
"""Characters of a card's body. Source: Block Kit reference, card."""
_ICONS = {
    GenerationState.DONE: "✅",
    GenerationState.FAILED: "⚠️",
    GenerationState.EXPIRED: "⌛",
    GenerationState.STOPPED: "⏹️",
}
_UNCLEAR = "❔"


@dataclass(frozen=True, slots=True)
class TakesOfSequence:
    """What one person may see of a sequence's takes.

    Attributes:
        board: the video.
        position: of the sequence; the storyboard counts from 1.
        takes: the newest first.
        thread: the thread in which they were asked for.
        at: when that was, Unix seconds.
    """

    board: Storyboard
    position: int
    sequence: Sequence
    takes: tuple[Take, ...]
    thread: MessageTs | None
    at: float

    def named(self, texts: Texts) -> str:
        """Returns what the sequence is called."""
        count = len(self.board.sequences)
        return texts.sequence(self.position, self.sequence.room, count)


def earlier_takes(shown: TakesOfSequence, texts: Texts) -> Message:
    """Returns the ten newest takes, each with its picture and the way to its clip."""
    video = code(shown.board.name or shown.board.video.id, 64)
    blocks: list[Block] = [
        section(texts.say("takes-title", what=shown.named(texts), video=video)),
        context(texts.say("takes-note" if shown.takes else "takes-none")),
    ]
    if not shown.takes:
        board = buttons.storyboard(shown.board.video.id, texts)
        return Message.of([*blocks, ActionsBlock(elements=[board])], texts.say)
    newest = list(enumerate(shown.takes[:MOST_SHOWN], start=1))
    blocks.append(CarouselBlock(elements=[_card(shown, *each, texts) for each in newest]))
    if len(shown.takes) > MOST_SHOWN:
        count = len(shown.takes)
        blocks.append(context(texts.say("takes-more", shown=MOST_SHOWN, count=count)))
    return Message.of(blocks, texts.say)


def _card(shown: TakesOfSequence, number: int, take: Take, texts: Texts) -> CardBlock:
    alt = texts.say("take-picture", number=number)
    return CardBlock(
        # A press is known by it too, also where cards become rows (`Message.plainer`).
        block_id=f"take-{number}",
        hero_image=picture(take.picture, alt),
        title=mrkdwn(_title(number, take, texts)),
        subtitle=mrkdwn(_who_and_when(take, texts)),
        body=mrkdwn(_outcome(take, texts)),
        actions=_pressed(shown, number, take, texts),
    )


def _title(number: int, take: Take, texts: Texts) -> str:
    """Returns a title such as `Take 1 · push out`."""
    effect = take.entry.effect
    words = fitting(texts.say.effect(effect), _MOST_EFFECT) if effect else ""
    if not words:
        return texts.say("take-title-plain", number=number)
    return texts.say("take-title", number=number, effect=words)


def _who_and_when(take: Take, texts: Texts) -> str:
    by = take.entry.by
    # Nobody stands there once they were forgotten.
    who = f"<@{by}>" if by else texts.say("take-somebody")
    when = formatted_date(take.entry.at, "{date_short_pretty} {time}", "%Y-%m-%d %H:%M UTC")
    return f"{who} · {when}"


def _outcome(take: Take, texts: Texts) -> str:
    """Returns what came of it, what it cost, and where that was told, if there is room for that."""
    entry = take.entry
    outcome = texts.say(f"take-{entry.outcome.replace(' ', '-')}")
    said = [f"{_ICONS.get(entry.outcome, _UNCLEAR)} {outcome}"]
    if entry.credits is not None:
        said.append(texts.say("fact-used", credits=round(entry.credits, 2)))
    if take.message is None or not entry.channel:
        return " · ".join(said)
    link = texts.link(entry.channel, take.message, take.thread)
    whole = " · ".join([*said, texts.say("take-thread", link=link)])
    return whole if len(whole) <= _MOST_BODY else " · ".join(said)


def _pressed(shown: TakesOfSequence, number: int, take: Take, texts: Texts) -> list[ButtonElement]:
    carried = take_buttons.take_value(take, shown.at, shown.thread)
    cost = shown.board.estimate.cost
    return [
        take_buttons.like_this(take, number, shown.named(texts), cost, carried, texts),
        *take_buttons.ways_to(take, number, texts),
    ]
