"""The storyboard: a video, and a card for each of its sequences, to one person or a channel."""

import json
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CardBlock,
    CarouselBlock,
    InteractiveElement,
)

from bot.domain.command import video_id
from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.progress import progress
from bot.domain.request import MessageTs, Pick, Reason, Wish
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, SequenceStatus, Video, VideoId, VideoStatus
from bot.slack.blocks import buttons, confirming
from bot.slack.blocks.buttons import button, priced
from bot.slack.blocks.message import (
    Message,
    code,
    context,
    fitting,
    mrkdwn,
    picture,
    section,
)
from bot.slack.blocks.voice import Voice
from bot.slack.blocks.wording import stage

CHANGE = buttons.CHANGE
NAME_VIDEO = "name_video"
SHARE = "share_storyboard"
NEXT = "storyboard_next"
PREVIOUS = "storyboard_previous"

PAGE = 10
"""Cards of a carousel. Source: Block Kit reference, carousel."""
_MOST_WORDS = 110
"""Characters of what a card says in others' words; a title or subtitle holds 150."""


@dataclass(frozen=True, slots=True)
class Turning:
    """What a button to another page carries.

    Attributes:
        page: 0 is the first.
        thread: the thread in which the storyboard was asked for.
    """

    video: VideoId
    page: int = 0
    thread: MessageTs | None = None

    def value(self) -> str:
        """As a button's value."""
        return json.dumps({"video": self.video, "page": self.page, "thread": self.thread})


def turning(value: str) -> Turning:
    """What such a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(value)
        thread = fields["thread"]
        video, page = video_id(fields["video"]), max(0, int(fields["page"]))
    except (NotAVideo, KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise StaleButton from None
    return Turning(video, page, MessageTs(str(thread)) if thread else None)


def private(board: Storyboard, at: Turning, voice: Voice) -> Message:
    """What one person sees: a page of the cards, and what can be done with the video."""
    pages = -(-len(board.sequences) // PAGE)
    page = min(at.page, max(0, pages - 1))
    blocks = [*_head(board, at.thread, voice), _cards(board, page, at.thread, voice)]
    if pages > 1:
        first = page * PAGE + 1
        last, count = min(first + PAGE - 1, len(board.sequences)), len(board.sequences)
        blocks.append(context(voice.say("storyboard-range", first=first, last=last, count=count)))
        blocks.append(_turn(board, Turning(at.video, page, at.thread), voice))
    share = button(SHARE, voice.say("button-share"), board.video.id)
    blocks.append(ActionsBlock(elements=[*_about(board, voice), share]))
    return Message.of(blocks, voice.say)


def shared(board: Storyboard, voice: Voice) -> Message:
    """What a channel sees. Nobody can turn its page for everybody, so it is the first one.

    Anybody may press there, so what would spend at once asks first.
    """
    blocks = [*_head(board, None, voice, asks=True), _cards(board, 0, None, voice, asks=True)]
    more: list[InteractiveElement] = []
    if len(board.sequences) > PAGE:
        count = len(board.sequences)
        blocks.append(context(voice.say("storyboard-range-shared", last=PAGE, count=count)))
        more.append(buttons.storyboard(board.video.id, voice))
    blocks.append(ActionsBlock(elements=[*_about(board, voice), *more]))
    return Message.of(blocks, voice.say)


def _head(
    board: Storyboard, thread: MessageTs | None, voice: Voice, *, asks: bool = False
) -> list[Block]:
    title = voice.say("storyboard-title", video=_called(board), state=_state(board.video, voice))
    blocks: list[Block] = [section(title), context(_small_print(board, voice))]
    if board.failed:
        cost = board.facts.cost
        all_of_them = None if cost is None else cost * board.failed
        label = priced("button-regenerate-failed", all_of_them, voice, count=board.failed)
        several = board.failed > 1
        agreed = (Reason.SEVERAL.value,) if several else ()
        wish = Wish(board.video.id, Pick(failed=True), agreed=agreed, most=board.failed)
        again = buttons.value(wish, thread)
        asking = (
            confirming.all_failed(board.failed, all_of_them, voice) if asks or several else None
        )
        retry = button(buttons.RETRY, label, again, confirm=asking)
        blocks.append(ActionsBlock(elements=[retry]))
    return blocks


def _called(board: Storyboard) -> str:
    return code(board.name or board.video.id, 64)


def _state(video: Video, voice: Voice) -> str:
    match video.status:
        case VideoStatus.DONE:
            return voice.say("storyboard-done")
        case VideoStatus.FAILED:
            return voice.say("storyboard-failed")
        case _:
            return stage(progress(video), voice)


def _small_print(board: Storyboard, voice: Voice) -> str:
    cost, left = board.facts.cost, board.video.credits_left
    left = board.facts.left if left is None else left
    said = [
        voice.say("storyboard-count", count=len(board.sequences)),
        voice.say("storyboard-cost-unknown")
        if cost is None
        else voice.say("storyboard-cost", credits=round(cost, 2)),
    ]
    if voice.balance and left is not None:
        said.append(voice.say("fact-left", credits=round(left, 2)))
    return " · ".join(said)


def _cards(
    board: Storyboard, page: int, thread: MessageTs | None, voice: Voice, *, asks: bool = False
) -> CarouselBlock:
    numbered = list(enumerate(board.sequences, start=1))[page * PAGE :][:PAGE]
    return CarouselBlock(
        elements=[
            _card(
                board,
                position,
                each,
                _pressed(board, position, each, thread, voice, asks=asks),
                voice,
            )
            for position, each in numbered
        ]
    )


def _card(
    board: Storyboard,
    position: int,
    sequence: Sequence,
    pressed: list[ButtonElement],
    voice: Voice,
) -> CardBlock:
    title = voice.say("storyboard-card-plain", position=position)
    if sequence.effect:
        effect = fitting(voice.say.effect(sequence.effect), _MOST_WORDS)
        title = voice.say("storyboard-card", position=position, effect=effect)
    what = voice.sequences([position], len(board.sequences))
    return CardBlock(
        block_id=f"sequence-{position}",
        hero_image=picture(sequence.url, what),
        title=mrkdwn(title),
        subtitle=mrkdwn(_sequence_state(sequence, voice)),
        actions=pressed,
    )


def _pressed(
    board: Storyboard,
    position: int,
    sequence: Sequence,
    thread: MessageTs | None,
    voice: Voice,
    *,
    asks: bool,
) -> list[ButtonElement]:
    """The buttons of a card, which tell a screen reader whose they are."""
    pick = Pick(ids=(sequence.id,)) if sequence.id else Pick(positions=(position,))
    carried = buttons.value(Wish(board.video.id, pick), thread)
    cost, what = board.facts.cost, voice.sequences([position], len(board.sequences))
    label = priced("button-regenerate", cost, voice)
    return [
        button(
            buttons.AGAIN,
            label,
            carried,
            spoken=priced("button-regenerate-which", cost, voice, what=what),
            confirm=confirming.same_effect(what, sequence.effect, cost, voice) if asks else None,
        ),
        button(
            buttons.CHANGE,
            voice.say("button-change"),
            carried,
            spoken=voice.say("button-change-which", what=what),
        ),
    ]


def _sequence_state(sequence: Sequence, voice: Voice) -> str:
    if not sequence.status:
        return voice.say("sequence-hidden")
    if sequence.status in set(SequenceStatus):
        return voice.say(f"sequence-{sequence.status}")
    return voice.say("sequence-says", status=fitting(sequence.status, _MOST_WORDS))


def _turn(board: Storyboard, at: Turning, voice: Voice) -> ActionsBlock:
    """To the pages beside this one, each with as many sequences as there are on it."""
    elements: list[InteractiveElement] = []
    if at.page:
        back = Turning(at.video, at.page - 1, at.thread).value()
        elements.append(button(PREVIOUS, voice.say("button-previous", count=PAGE), back))
    rest = len(board.sequences) - (at.page + 1) * PAGE
    if rest > 0:
        on = Turning(at.video, at.page + 1, at.thread).value()
        elements.append(button(NEXT, voice.say("button-next", count=min(rest, PAGE)), on))
    return ActionsBlock(elements=elements)


def _about(board: Storyboard, voice: Voice) -> list[InteractiveElement]:
    """Buttons that concern the whole video."""
    naming = button(NAME_VIDEO, voice.say("button-name-video"), board.video.id)
    return [*buttons.watch(board.video.url, voice), naming]
