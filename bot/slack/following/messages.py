"""What is said of a video that is followed: the card, each failure, the end, private answers."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    InteractiveElement,
    StaticSelectElement,
)

from bot.domain.follow import Failing, Follow, FollowEnd
from bot.domain.progress import Progress
from bot.domain.request import Order, Reason, Selection
from bot.domain.storyboard import Storyboard
from bot.domain.video import SequenceStatus, VideoId, VideoStatus
from bot.slack.blocks import buttons, confirming, following
from bot.slack.blocks.buttons import button, priced
from bot.slack.blocks.effects_menu import effect_groups
from bot.slack.blocks.message import (
    Message,
    code,
    context,
    formatted_date,
    picture,
    quoted,
    section,
)
from bot.slack.blocks.texts import Texts
from bot.slack.blocks.wording import stage
from bot.slack.telling.messages import bar

_GOES_ON = frozenset({FollowEnd.EXPIRED, FollowEnd.STOPPED})
"""Ends after which the video may be followed further."""
_ICONS = {
    FollowEnd.DONE: "✅",
    FollowEnd.FAILED: "⚠️",
    FollowEnd.EXPIRED: "⌛",
    FollowEnd.STOPPED: "⏹️",
    FollowEnd.GONE: "🚫",
}


def begun(follow: Follow, name: str | None, texts: Texts) -> Message:
    """The card as it is posted. Whoever asked is named, and not notified of what they know."""
    head = (
        texts.say("follow-card-somebody")
        if name is None
        else texts.say("follow-card", who=quoted(name))
    )
    lines = [f"{bar(0.0)}  {texts.say('follow-begins')}", texts.say("follow-free")]
    return _card(follow, head, lines, texts)


def card(follow: Follow, progress: Progress, texts: Texts) -> Message:
    """The same while the video is followed."""
    lines = [
        f"{bar(progress.share)}  {stage(progress, texts)}",
        texts.say("progress-since", ago=formatted_date(follow.origin.at, "{ago}")),
        *_elsewhere(follow, texts),
    ]
    if follow.failed:
        lines.insert(2, texts.say("follow-failed-so-far", what=_all(follow, texts)))
    return _card(follow, texts.say("follow-card", who=_mention(follow)), lines, texts)


def closed(follow: Follow, texts: Texts) -> Message:
    """The same at the end; how it came about stands in the thread, but for a stop."""
    lines = [f"{_ICONS[_end(follow)]} {_closing(follow, texts)}", *_elsewhere(follow, texts)]
    if follow.failed:
        lines.insert(1, f"⚠️ {texts.say('follow-end-with', what=_all(follow, texts))}")
    head = texts.say("follow-card-closed", who=_mention(follow))
    blocks: list[Block] = [_head(follow, head, texts), *map(context, lines)]
    # Any other end has a reply in the thread, and its buttons stand there.
    goes_on = follow.end is FollowEnd.STOPPED and texts.follows
    blocks.append(following.keep(follow, texts) if goes_on else _looks(follow, texts))
    return Message.of(blocks, texts.say)


def failed(follow: Follow, failing: Failing, cost: float | None, texts: Texts) -> Message:
    """A reply in the thread: one sequence has failed, and what it costs to try again."""
    what = _sequence(follow, failing, texts)
    words = texts.say("follow-failed", who=_mention(follow), what=f"*{what}*")
    if not follow.automatic:
        words = f"{words} {texts.say('verdict-failed-advice')}"
    # What was started after this was posted, its reader is asked about.
    order = Order(follow.video, Selection(ids=(failing.sequence,)), since=follow.posting_at)
    again = buttons.value(order)
    elements: list[InteractiveElement] = [
        button(buttons.RETRY, priced("button-regenerate", cost, texts), again, "primary"),
        StaticSelectElement(
            action_id=buttons.ANOTHER_EFFECT,
            placeholder=texts.say("menu-another-effect"),
            option_groups=effect_groups(texts),
            confirm=confirming.another_effect(what, cost, texts),
        ),
    ]
    elements = [*([] if follow.automatic else elements), buttons.storyboard(follow.video, texts)]
    shown = section(f"⚠️ {words}\n{_called(follow, texts)}", picture(failing.url, what))
    return Message.of([shown, ActionsBlock(elements=elements)], texts.say)


def ended(follow: Follow, cost: float | None, texts: Texts) -> Message:
    """The last reply in the thread: how it ended, and what failed."""
    how = texts.say(f"follow-end-{_end(follow)}")
    words = [f"{_ICONS[_end(follow)]} {texts.say('follow-end', who=_mention(follow), how=how)}"]
    if follow.failed:
        words.append(texts.say("follow-end-with", what=_all(follow, texts)))
    elif follow.end is FollowEnd.DONE:
        words.append(texts.say("follow-end-well"))
    blocks: list[Block] = [section(" ".join([*words, f"\n{_called(follow, texts)}"]))]
    if follow.ended_at is not None:
        duration = texts.duration(follow.ended_at - follow.origin.at)
        blocks.append(context(texts.say("fact-took", duration=duration)))
    blocks += [context(line) for line in _elsewhere(follow, texts)]
    if follow.end in _GOES_ON and texts.follows:
        # Not where following is switched off since: the press could only be refused.
        blocks.append(following.keep(follow, texts))
    else:
        blocks.append(_what_now(follow, cost, texts))
    return Message.of(blocks, texts.say)


def done_already(board: Storyboard, asked_at: float, texts: Texts) -> Message:
    """To one person: there is nothing to follow, and what failed."""
    video, name = board.video, code(board.name or board.video.id, 64)
    key = "follow-done-already" if video.status == VideoStatus.DONE else "follow-failed-already"
    words = [texts.say(key, video=name)]
    positions = [
        n for n, each in enumerate(board.sequences, 1) if each.status == SequenceStatus.ERROR
    ]
    again = 0 if video.automatic else len(positions)
    if positions:
        what = texts.sequences(positions, len(board.sequences))
        words.append(texts.say("follow-end-with", what=what))
    elements: list[InteractiveElement] = [
        *_failed_again(video.id, again, board.estimate.cost, asked_at, texts),
        *buttons.watch(video.url, texts),
        buttons.storyboard(video.id, texts),
    ]
    return Message.of([section(" ".join(words)), ActionsBlock(elements=elements)], texts.say)


def _card(follow: Follow, head: str, lines: list[str], texts: Texts) -> Message:
    if follow.repeated:
        lines = [*lines, texts.say("card-repeated")]
    row = ActionsBlock(
        elements=[following.stop(follow, texts), buttons.storyboard(follow.video, texts)]
    )
    return Message.of([_head(follow, head, texts), *map(context, lines), row], texts.say)


def _head(follow: Follow, head: str, texts: Texts) -> Block:
    return section(f"👀 {head}\n{_called(follow, texts)}")


def _looks(follow: Follow, texts: Texts) -> ActionsBlock:
    elements: list[InteractiveElement] = [
        *buttons.watch(follow.video_url, texts),
        buttons.storyboard(follow.video, texts),
    ]
    return ActionsBlock(elements=elements)


def _what_now(follow: Follow, cost: float | None, texts: Texts) -> ActionsBlock:
    # IACrea regenerates nothing of an automatic video.
    again = 0 if follow.automatic else len(follow.failed)
    elements: list[InteractiveElement] = [
        *buttons.watch(follow.video_url, texts, style="primary"),
        *_failed_again(follow.video, again, cost, follow.ended_at, texts),
        buttons.storyboard(follow.video, texts),
    ]
    return ActionsBlock(elements=elements)


def _failed_again(
    video: VideoId, count: int, cost: float | None, since: float | None, texts: Texts
) -> list[InteractiveElement]:
    """A button for all that failed, which asks first."""
    if not count:
        return []
    whole = None if cost is None else cost * count
    # Its own dialog tells how many and the price, so a yes to that is a yes to several.
    agreed = (Reason.SEVERAL.value,) if count > 1 else ()
    order = Order(video, Selection(failed=True), agreed=agreed, most=count, since=since)
    label = priced("button-regenerate-failed", whole, texts, count=count)
    asks = confirming.all_failed(count, whole, texts)
    return [button(buttons.RETRY, label, buttons.value(order), confirm=asks)]


def _elsewhere(follow: Follow, texts: Texts) -> list[str]:
    if not follow.elsewhere or not texts.balance:
        return []
    return [texts.say("follow-elsewhere", credits=round(follow.elsewhere, 2))]


def _closing(follow: Follow, texts: Texts) -> str:
    if follow.end is FollowEnd.STOPPED:
        key = "follow-end-stopped" if follow.stopped_by else "follow-end-stopped-operator"
        words = texts.say(key, by=f"<@{follow.stopped_by}>")
        # The catalogue has it as the end of a sentence, as it has the other ends.
        return words[0].upper() + words[1:]
    where = "thread" if follow.origin.thread is None else "below"
    closing = texts.say(f"follow-closed-{_end(follow)}")
    return texts.say(f"closing-see-{where}", closing=closing)


def _end(follow: Follow) -> FollowEnd:
    return follow.end or FollowEnd.STOPPED


def _all(follow: Follow, texts: Texts) -> str:
    """All that failed; with one alone, what it is called."""
    if len(follow.failed) == 1:
        return _sequence(follow, follow.failed[0], texts)
    return texts.sequences([each.position for each in follow.failed], follow.sequences)


def _sequence(follow: Follow, failing: Failing, texts: Texts) -> str:
    return texts.sequence(failing.position, failing.room, follow.sequences)


def _called(follow: Follow, texts: Texts) -> str:
    return texts.say("video", video=code(follow.name or follow.video, 64))


def _mention(follow: Follow) -> str:
    return f"<@{follow.origin.user}>"
