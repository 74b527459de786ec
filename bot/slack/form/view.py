"""Builds the form: everything a regeneration needs, to be chosen rather than typed."""

import json
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    OptionGroup,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from bot.domain.command import MOST_SEQUENCES
from bot.domain.effects import Effects
from bot.domain.errors import AskFirst, StaleButton
from bot.domain.estimate import Estimate
from bot.domain.request import ChannelId, Order, Reason, Selection
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, SequenceStatus, VideoId
from bot.slack.blocks import buttons, following
from bot.slack.blocks.effects_menu import effect_groups
from bot.slack.blocks.message import context, line, section
from bot.slack.blocks.modal import Modal, modal, option
from bot.slack.blocks.problems import problem_message
from bot.slack.blocks.texts import Texts
from bot.slack.form import fields as filled
from bot.slack.form.fields import CHANNEL, EFFECT, SEQUENCES, VIDEO, Draft, FormContext
from bot.slack.form.image_field import Flaw, image_field

FORM = "form"
CONFIRM = "form_confirm"

_MOST_OPTIONS = 100
"""Options of a menu or of one of its groups. Source: Block Kit reference, multi-select menu."""
_MOST_SHOWN = 999
"""Sequences shown: all that the command can name by position. A view of ten times as many would
exceed 250 kB."""
_MOST_WORDS = 30
"""Characters of a room, an effect or a state of IACrea's, so that an option stays within 75."""


@dataclass(frozen=True, slots=True)
class Form:
    """Holds what a form shows.

    Attributes:
        draft: what its fields hold as long as nobody changes them.
        board: the chosen video, once it was read.
        unread: why it could not be read, as mrkdwn.
        at_image: whether to put the cursor in the image's field.
        flaw: what is wrong with the image, once it was looked at.
        shared_too: whether to offer channels that are shared with other organisations.
    """

    form_context: FormContext
    draft: Draft
    board: Storyboard | None = None
    unread: str | None = None
    at_image: bool = False
    flaw: Flaw | None = None
    shared_too: bool = False


def loading(texts: Texts) -> Modal:
    """Returns what is opened at once, within the three seconds that Slack gives for it."""
    return saying(texts.say("form-loading"), texts)


def saying(words: str, texts: Texts) -> Modal:
    """Shows words, as mrkdwn, in the form's place."""
    return modal(texts.say("form-title"), [section(words)], texts)


def form(shown: Form, texts: Texts) -> Modal:
    """Returns the form. Its block ids stay the same, so Slack keeps what was typed."""
    blocks: list[Block] = [_video(shown, texts)]
    if shown.unread is not None:
        blocks.append(section(shown.unread))
    elif shown.board is None:
        blocks.append(context(texts.say("form-choose-video")))
    else:
        blocks.append(_sequences(shown.board, shown.draft.positions or (), texts))
    blocks += [
        *_follow(shown, texts),
        _effect(shown.draft.effect, texts),
        *image_field(shown.draft.image, texts, flaw=shown.flaw, focused=shown.at_image),
        _channel(shown, texts),
        context(_cost(shown.form_context, texts)),
    ]
    return modal(
        texts.say("form-title"),
        blocks,
        texts,
        callback=FORM,
        submit=texts.say("button-regenerate"),
        carries=shown.form_context.value(),
    )


def _follow(shown: Form, texts: Texts) -> list[Block]:
    """Returns the button that follows the video instead, if it is not ready and there is where."""
    video, board, place = shown.draft.video, shown.board, shown.form_context
    if video is None or place.channel is None or (board is not None and board.video.ended):
        return []
    return following.follow_there(video, place.channel, place.open_thread, texts)


def picked(selection: Selection, board: Storyboard) -> tuple[int, ...]:
    """Returns the positions that are meant, as far as the video has them."""
    found = [
        position
        for position, each in enumerate(board.sequences, start=1)
        if position in selection.positions
        or (each.id and each.id in selection.ids)
        or (selection.failed and each.status == SequenceStatus.ERROR)
    ]
    return tuple(found)


def confirmation(order: Order, place: FormContext, texts: Texts) -> Modal:
    """Asks once before more than one sequence is regenerated."""
    positions, estimate = order.selection.positions, Estimate(cost=place.cost, left=place.left)
    question = problem_message(
        AskFirst((Reason.SEVERAL.value,), positions), texts, estimate=estimate
    )
    # There is no menu of channels in this view, so it brings no link for answers of its own.
    carried = {
        "channel": place.channel,
        "wish": buttons.value(order, place.thread),
        "answer": place.answer,
        "open_thread": place.open_thread,
    }
    carried = {key: each for key, each in carried.items() if each is not None}
    return modal(
        texts.say("form-title"),
        question.blocks,
        texts,
        callback=CONFIRM,
        submit=texts.say("form-confirm", count=len(positions)),
        carries=json.dumps(carried, ensure_ascii=False),
    )


def confirmed(view: Modal, effects: Effects) -> tuple[Order, FormContext]:
    """Returns what was asked about, and where to post it.

    Raises:
        StaleButton: it was made by another version.
    """
    try:
        carried: dict[str, Any] = json.loads(view["private_metadata"])
        channel, text = ChannelId(carried["channel"]), str(carried["wish"])
    except (KeyError, TypeError, ValueError):
        raise StaleButton from None
    order, thread = buttons.carried(text, effects)
    answer, open_thread = carried.get("answer"), carried.get("open_thread")
    return order, FormContext(channel, thread, answer=answer, open_thread=open_thread)


def video_option(video: VideoId, name: str | None = None) -> Option:
    """Returns the option for a video, under its name if it has one."""
    return option(video, name or video)


def _video(shown: Form, texts: Texts) -> InputBlock:
    chosen, name = shown.draft.video, shown.board.name if shown.board else None
    menu = ExternalDataSelectElement(
        action_id=VIDEO,
        placeholder=texts.say("form-video-placeholder"),
        initial_option=None if chosen is None else video_option(chosen, name),
        min_query_length=0,
    )
    label = texts.say("form-video")
    return InputBlock(block_id=VIDEO, label=label, element=menu, dispatch_action=True)


def _sequences(board: Storyboard, chosen: tuple[int, ...], texts: Texts) -> InputBlock:
    options = [
        option(str(position), _sequence(position, each, texts))
        for position, each in enumerate(board.sequences[:_MOST_SHOWN], start=1)
    ]
    few = len(options) <= _MOST_OPTIONS
    menu = StaticMultiSelectElement(
        action_id=SEQUENCES,
        placeholder=texts.say("form-sequences-placeholder", most=MOST_SEQUENCES),
        options=options if few else None,
        option_groups=None if few else _grouped(options, texts),
        # Slack refuses a view whose initial options are not among its options.
        initial_options=[options[each - 1] for each in chosen if each <= len(options)] or None,
        # `failed` may have chosen more than the command takes; all of them have to stay choosable.
        max_selected_items=max(MOST_SEQUENCES, len(chosen)),
    )
    block = filled.sequences_of(board.video.id)
    return InputBlock(block_id=block, label=texts.say("form-sequences"), element=menu)


def _grouped(options: list[Option], texts: Texts) -> list[OptionGroup]:
    return [
        OptionGroup(
            label=texts.say("form-group", first=start + 1, last=start + len(part)), options=part
        )
        for start in range(0, len(options), _MOST_OPTIONS)
        if (part := options[start : start + _MOST_OPTIONS])
    ]


def _sequence(position: int, sequence: Sequence, texts: Texts) -> str:
    """Returns an option such as `2 · push out · Ready`."""
    named = line(texts.numbered(position, sequence.room), _MOST_WORDS)
    words = texts.say("storyboard-card-plain", position=position)
    if named != str(position):
        words = named
    if sequence.effect:
        effect = line(texts.say.effect(sequence.effect), _MOST_WORDS)
        words = texts.say("storyboard-card", position=named, effect=effect)
    if sequence.status in set(SequenceStatus):
        return f"{words} · {texts.say(f'sequence-{sequence.status}')}"
    if not sequence.status:
        return words
    status = line(sequence.status, _MOST_WORDS)
    return f"{words} · {texts.say('sequence-says', status=status)}"


def _effect(chosen: str | None, texts: Texts) -> InputBlock:
    groups = effect_groups(texts)
    every = [each for group in groups for each in group.options or ()]
    menu = StaticSelectElement(
        action_id=EFFECT,
        placeholder=texts.say("form-as-it-is"),
        option_groups=groups,
        initial_option=next((each for each in every if each.value == chosen), None),
    )
    return InputBlock(block_id=EFFECT, label=texts.say("form-effect"), element=menu, optional=True)


def _channel(shown: Form, texts: Texts) -> InputBlock:
    """Returns the menu of places. `response_url_enabled` lets us answer where the bot is no member.

    No page says what Slack does with an initial conversation that the filter leaves out. That does
    not matter: only what is submitted counts.
    """
    channel = shown.draft.channel
    menu = ConversationSelectElement(
        action_id=CHANNEL,
        placeholder=texts.say("form-channel-placeholder"),
        initial_conversation=channel,
        default_to_current_conversation=None if channel else True,
        response_url_enabled=True,
        filter=_where(shown),
    )
    return InputBlock(block_id=CHANNEL, label=texts.say("form-channel"), element=menu)


def _where(shown: Form) -> ConversationFilter:
    """Leaves out places in which posting must fail, such as direct messages of two people.

    A form that was opened in a direct message may be in the bot's own, so that one stays.
    """
    direct = (shown.form_context.channel or "").startswith("D")
    kinds = ["public", "private", "mpim", *(["im"] if direct else [])]
    return ConversationFilter(
        include=kinds,
        exclude_bot_users=not direct,  # or the bot's own direct messages would be left out, too
        exclude_external_shared_channels=not shown.shared_too,
    )


def _cost(known: FormContext, texts: Texts) -> str:
    if known.cost is None:
        words = texts.say("form-cost-unknown")
    else:
        words = texts.say("form-cost", credits=round(known.cost, 2))
    if known.left is None:
        return words
    return f"{words} {texts.say('ask-left', credits=round(known.left, 2))}"
