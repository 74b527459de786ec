"""Builds storyboards: a video, and a card for each sequence, for one person or a channel."""

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

from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.parsing import video_id
from bot.domain.progress import progress
from bot.domain.request import MessageTs, Order, Reason, Selection
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, SequenceStatus, Video, VideoId, VideoStatus
from bot.slack.blocks import buttons, confirming, following
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
from bot.slack.blocks.take_buttons import earlier_takes
from bot.slack.blocks.texts import Texts
from bot.slack.blocks.wording import stage

CHANGE = buttons.CHANGE
NAME_VIDEO = "name_video"
NAME_SEQUENCES = "name_sequences"
SHARE = "share_storyboard"
NEXT = "storyboard_next"
PREVIOUS = "storyboard_previous"

PAGE = 10
"""Cards of a carousel. Source: Block Kit reference, carousel."""
_MOST_PAGES = 9
"""Pages in one modal, which holds 100 blocks."""
_MOST_WORDS = 110
"""Characters of an effect or a state of IACrea's on a card, whose title and subtitle hold 150."""
_MOST_BODY = 100
"""Characters of a card's body. It holds 200, but ten cards have to leave room for the rest of the
message. Source: Block Kit reference, card."""


@dataclass(frozen=True, slots=True)
class PageRef:
    """Holds what a button to another page carries.

    Attributes:
        page: from 0.
        thread: the thread in which the storyboard was asked for.
    """

    video: VideoId
    page: int = 0
    thread: MessageTs | None = None

    def value(self) -> str:
        """Returns it as a button's value."""
        return json.dumps({"video": self.video, "page": self.page, "thread": self.thread})


def page_ref(value: str) -> PageRef:
    """Returns what such a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(value)
        thread = fields["thread"]
        video, page = video_id(fields["video"]), max(0, int(fields["page"]))
    # The last two: a page of 1e999, and brackets nested without end.
    except (NotAVideo, KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise StaleButton from None
    return PageRef(video, page, MessageTs(str(thread)) if thread else None)


def private(board: Storyboard, page_ref: PageRef, texts: Texts) -> Message:
    """Returns what one person sees: a page of cards, and what can be done with the video."""
    pages = -(-len(board.sequences) // PAGE)
    page = min(page_ref.page, max(0, pages - 1))  # the video may be shorter by now
    blocks = [*_head(board, page_ref.thread, texts), _cards(board, page, page_ref.thread, texts)]
    if pages > 1:
        first = page * PAGE + 1
        last, count = min(first + PAGE - 1, len(board.sequences)), len(board.sequences)
        blocks.append(context(texts.say("storyboard-range", first=first, last=last, count=count)))
        blocks.append(_turn(board, PageRef(page_ref.video, page, page_ref.thread), texts))
    carried = PageRef(page_ref.video, page, page_ref.thread).value()
    names = button(NAME_SEQUENCES, texts.say("button-name-sequences"), carried)
    share = button(SHARE, texts.say("button-share"), board.video.id)
    blocks.append(ActionsBlock(elements=[*_about(board, texts), names, share]))
    return Message.of(blocks, texts.say)


def whole(board: Storyboard, texts: Texts) -> Message:
    """Returns what a modal shows, which has no pages to turn: the video and all its sequences."""
    count = len(board.sequences)
    pages = min(-(-count // PAGE), _MOST_PAGES)
    blocks = [*_head(board, None, texts)]
    blocks += [_cards(board, page, None, texts) for page in range(pages)]
    if count > pages * PAGE:
        last = pages * PAGE
        blocks.append(context(texts.say("storyboard-range", first=1, last=last, count=count)))
    return Message.of(blocks, texts.say)


def shared(board: Storyboard, texts: Texts) -> Message:
    """Returns what a channel sees: the first page, as nobody may turn it for everybody.

    Anybody there may press a button by mistake, so those that spend ask first.
    """
    blocks = [*_head(board, None, texts, asks=True), _cards(board, 0, None, texts, asks=True)]
    more: list[InteractiveElement] = []
    if len(board.sequences) > PAGE:
        count = len(board.sequences)
        blocks.append(context(texts.say("storyboard-range-shared", last=PAGE, count=count)))
        more.append(buttons.storyboard(board.video.id, texts))
    blocks.append(ActionsBlock(elements=[*_about(board, texts), *more]))
    return Message.of(blocks, texts.say)


def _head(
    board: Storyboard, thread: MessageTs | None, texts: Texts, *, asks: bool = False
) -> list[Block]:
    title = texts.say("storyboard-title", video=_called(board), state=_state(board.video, texts))
    numbers = context(texts.say("storyboard-positions"))
    blocks: list[Block] = [section(title), context(_small_print(board, texts)), numbers]
    if board.video.automatic:
        blocks.append(context(texts.say("storyboard-automatic")))
    elif board.failed:
        cost = board.estimate.cost
        all_of_them = None if cost is None else cost * board.failed
        label = priced("button-regenerate-failed", all_of_them, texts, count=board.failed)
        several = board.failed > 1
        # The dialog on the button asks that already, so the bot need not ask it again.
        agreed = (Reason.SEVERAL.value,) if several else ()
        order = Order(board.video.id, Selection(failed=True), agreed=agreed, most=board.failed)
        again = buttons.value(order, thread)
        asking = (
            confirming.all_failed(board.failed, all_of_them, texts) if asks or several else None
        )
        retry = button(buttons.RETRY, label, again, confirm=asking)
        blocks.append(ActionsBlock(elements=[retry]))
    return blocks


def _called(board: Storyboard) -> str:
    return code(board.name or board.video.id, 64)


def _state(video: Video, texts: Texts) -> str:
    match video.status:
        case VideoStatus.DONE:
            return texts.say("storyboard-done")
        case VideoStatus.FAILED:
            return texts.say("storyboard-failed")
        case _:
            return stage(progress(video), texts)


def _small_print(board: Storyboard, texts: Texts) -> str:
    cost, left = board.estimate.cost, board.video.credits_left
    left = board.estimate.left if left is None else left
    said = [texts.say("storyboard-count", count=len(board.sequences))]
    if not board.video.automatic:
        said.append(
            texts.say("storyboard-cost-unknown")
            if cost is None
            else texts.say("storyboard-cost", credits=round(cost, 2))
        )
    if texts.balance and left is not None:
        said.append(texts.say("fact-left", credits=round(left, 2)))
    return " · ".join(said)


def _cards(
    board: Storyboard, page: int, thread: MessageTs | None, texts: Texts, *, asks: bool = False
) -> CarouselBlock:
    numbered = list(enumerate(board.sequences, start=1))[page * PAGE :][:PAGE]
    return CarouselBlock(
        elements=[
            _card(
                board,
                position,
                each,
                _pressed(board, position, each, thread, texts, asks=asks),
                texts,
            )
            for position, each in numbered
        ]
    )


def _card(
    board: Storyboard,
    position: int,
    sequence: Sequence,
    pressed: list[ButtonElement],
    texts: Texts,
) -> CardBlock:
    what = texts.sequence(position, sequence.room, len(board.sequences))
    words = fitting(sequence.text or "", _MOST_BODY)
    return CardBlock(
        block_id=f"sequence-{position}",
        hero_image=picture(sequence.url, what),
        title=mrkdwn(_title(position, sequence, texts)),
        subtitle=mrkdwn(_sequence_state(sequence, texts)),
        body=mrkdwn(words) if words else None,  # Slack refuses one without a word
        actions=pressed or None,  # as above
    )


def _title(position: int, sequence: Sequence, texts: Texts) -> str:
    """Returns a title such as `2 · Kitchen · push out`."""
    named = texts.numbered(position, sequence.room)
    if sequence.effect:
        effect = fitting(texts.say.effect(sequence.effect), _MOST_WORDS)
        return texts.say("storyboard-card", position=named, effect=effect)
    if named == str(position):
        return texts.say("storyboard-card-plain", position=position)
    return named


def _pressed(
    board: Storyboard,
    position: int,
    sequence: Sequence,
    thread: MessageTs | None,
    texts: Texts,
    *,
    asks: bool,
) -> list[ButtonElement]:
    """Returns the buttons of a card; their labels are alike, so screen readers get longer ones."""
    if board.video.automatic:
        return []  # IACrea would refuse what they do
    # By id if there is one: positions may have moved by the time somebody presses.
    selection = Selection(ids=(sequence.id,)) if sequence.id else Selection(positions=(position,))
    carried = buttons.value(Order(board.video.id, selection), thread)
    cost = board.estimate.cost
    what = texts.sequence(position, sequence.room, len(board.sequences))
    label = priced("button-regenerate", cost, texts)
    return [
        button(
            buttons.AGAIN,
            label,
            carried,
            spoken=priced("button-regenerate-which", cost, texts, what=what),
            confirm=confirming.same_effect(what, sequence.effect, cost, texts) if asks else None,
        ),
        button(
            buttons.CHANGE,
            texts.say("button-change"),
            carried,
            spoken=texts.say("button-change-which", what=what),
        ),
        earlier_takes(carried, texts, texts.say("button-takes-which", what=what)),
    ]


def _sequence_state(sequence: Sequence, texts: Texts) -> str:
    if not sequence.status:
        return texts.say("sequence-hidden")
    if sequence.status in set(SequenceStatus):
        return texts.say(f"sequence-{sequence.status}")
    return texts.say("sequence-says", status=fitting(sequence.status, _MOST_WORDS))


def _turn(board: Storyboard, page_ref: PageRef, texts: Texts) -> ActionsBlock:
    """Returns the buttons to the pages beside this one, which say how many sequences those have."""
    elements: list[InteractiveElement] = []
    if page_ref.page:
        back = PageRef(page_ref.video, page_ref.page - 1, page_ref.thread).value()
        elements.append(button(PREVIOUS, texts.say("button-previous", count=PAGE), back))
    rest = len(board.sequences) - (page_ref.page + 1) * PAGE
    if rest > 0:
        on = PageRef(page_ref.video, page_ref.page + 1, page_ref.thread).value()
        elements.append(button(NEXT, texts.say("button-next", count=min(rest, PAGE)), on))
    return ActionsBlock(elements=elements)


def _about(board: Storyboard, texts: Texts) -> list[InteractiveElement]:
    """Returns the buttons for the video as a whole."""
    naming = button(NAME_VIDEO, texts.say("button-name-video"), board.video.id)
    follow = [] if board.video.ended else following.follow(board.video.id, texts)
    return [*buttons.watch(board.video.url, texts), *follow, naming]
