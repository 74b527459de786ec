"""Builds a request's message while it runs, and its outcome in the thread."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, CardBlock, CarouselBlock, ImageElement

from bot.domain.images import is_picture
from bot.domain.line import waits
from bot.domain.line_problems import WaitedInVain
from bot.domain.progress import Progress
from bot.domain.request import GenerationState, Outcome, Request
from bot.slack.blocks import buttons
from bot.slack.blocks.agreeing import cancel_waiting, keep_waiting
from bot.slack.blocks.buttons import PrivateCopy
from bot.slack.blocks.message import (
    Message,
    context,
    fitting,
    formatted_date,
    mrkdwn,
    picture,
    quoted,
    section,
)
from bot.slack.blocks.take_buttons import with_takes
from bot.slack.blocks.texts import Texts
from bot.slack.blocks.wording import (
    ICONS,
    called,
    described,
    small_print,
    stage,
    timing,
    verdicts,
    waiting_for,
    which_sequences,
)

_CELLS = 10
_MOST_SUBTITLE = 150
"""Characters of a card's subtitle. Source: Block Kit reference, card."""
_MOST_LINK = 1000
"""Characters of each of two links that share a line of small print with its words."""


def announcement(request: Request, name: str | None, texts: Texts) -> Message:
    """Returns the message in the channel before anything is spent.

    It calls whoever asked by their `name`, if that is known. A mention would notify them of what
    they have just asked for (docs.slack.dev/messaging/formatting-message-text, «Mentioning
    users»). The edits that follow mention them, since an edit notifies nobody. It has a button from
    the beginning: if it was posted twice, the bot learns of the other one by a press.
    """
    if name is not None:
        head = _now(request, quoted(name), texts)
    else:
        watched = request.order.watch
        key = "card-somebody-watching" if watched else "card-somebody-regenerating"
        head = texts.say(key, what=described(request, texts))
        if waits(request):
            head = texts.say("card-somebody-in-line", what=described(request, texts))
    if waits(request):
        return _in_line(request, head, None, texts)
    return Message.of(
        [*_waiting(request, head, texts), buttons.stop_watching(request, texts)], texts.say
    )


def waiting(request: Request, texts: Texts) -> Message:
    """Returns the announcement for one person who asks how far it is."""
    return Message.of(_waiting(request, _now(request, _mention(request), texts), texts), texts.say)


def in_line(request: Request, progress: Progress, texts: Texts) -> Message:
    """The same message while it waits for a render, of which `progress` tells."""
    return _in_line(request, _now(request, _mention(request), texts), progress, texts)


def running(
    request: Request, progress: Progress, usual: float | None, now: float, texts: Texts
) -> Message:
    """Returns the announcement while IACrea works; `usual` is how many seconds others took."""
    line = f"{bar(progress.share)}  {stage(progress, texts)}"
    head = _now(request, _mention(request), texts)
    blocks = _card(request, head, [line, timing(request, usual, now, texts)], texts)
    return Message.of([*blocks, buttons.stop_watching(request, texts)], texts.say)


def repetition(request: Request, texts: Texts) -> Message:
    """Returns what replaces an announcement that was posted twice and is not the current one."""
    link = texts.link(request.origin.channel, request.message or "", request.origin.thread)
    line = texts.say("card-repetition", link=link)
    head = _now(request, _mention(request), texts)
    # Not `repeated`: that line is for the other one, which is kept up to date.
    return Message.of(_card(replace(request, repeated=False), head, [line], texts), texts.say)


def closing(request: Request, texts: Texts) -> Message:
    """Returns the announcement at the end; it has the outcome if the thread does not."""
    did = "card-regenerated" if request.outcome is Outcome.DONE else "card-wanted"
    did = "card-watched" if request.order.watch else did
    line = texts.say(f"closing-{request.outcome}")
    if request.reply is not None:
        where = "thread" if request.origin.thread is None else "below"
        line = texts.say(f"closing-see-{where}", closing=line)
    head = texts.say(did, who=_mention(request), what=described(request, texts))
    card = _card(request, head, [f"{ICONS[request.outcome]} {line}"], texts)
    if request.reply is not None:
        return Message.of(card, texts.say)
    # The outcome says all that the card's own line would.
    return Message.of([card[0], *outcome(request, texts).blocks], texts.say)


def outcome(request: Request, texts: Texts, copied: PrivateCopy | None = None) -> Message:
    """Returns the reply in the thread for the person who asked, or a copy of it for elsewhere."""
    left = request.credits_left if texts.balance else None
    low = left is not None and left < texts.low_credits
    # Watching has spent nothing, so it is no occasion to warn.
    warning = [section(_low(request, texts))] if low and not request.order.watch else []
    blocks = [*_result(request, texts), *warning, *_rows(request, texts, copied)]
    return Message.of(blocks, texts.say)


def faded(request: Request, link: str | None, texts: Texts) -> Message:
    """Returns an outcome without buttons, which says where a sequence was regenerated again."""
    words = texts.say("superseded", link=link) if link else texts.say("superseded-nowhere")
    return Message.of([*_result(request, texts), context(words)], texts.say)


def told_elsewhere(request: Request, texts: Texts) -> Message:
    """Returns the outcome for the person who asked, if its thread cannot take it."""
    return with_link(outcome(request, texts), request, texts)


def with_link(card: Message, request: Request, texts: Texts) -> Message:
    """Returns the card with a link to the request's thread, where it has one."""
    link = thread_link(request, texts)
    return Message.of([*card.blocks, context(link)], texts.say) if link else card


def thread_link(request: Request, texts: Texts) -> str:
    """Returns a link to the request's thread; an empty text before it has one."""
    if request.message is None:
        return ""
    link = texts.link(request.origin.channel, request.message, request.origin.thread)
    return texts.say("status-thread", link=link)


def _told(request: Request, texts: Texts) -> str:
    return texts.say("outcome", who=_mention(request), verdicts=verdicts(request, texts))


def _low(request: Request, texts: Texts) -> str:
    return texts.say("low-credits", credits=round(request.credits_left or 0.0, 2))


def _result(request: Request, texts: Texts) -> list[Block]:
    """Says what came of it: in a sentence, in pictures and in numbers."""
    head = f"{ICONS[request.outcome]} {_told(request, texts)}"
    small = small_print(request, texts)
    pair = _pair(request)
    blocks: list[Block] = []
    if pair and all(is_picture(link) for link in pair):
        blocks += [section(head), _side_by_side(pair, request, texts)]
    else:
        blocks.append(section(head, _latest(request, texts)))
        # In mrkdwn a «|» ends the address of a link.
        if pair and all(len(link) <= _MOST_LINK and "|" not in link for link in pair):
            before, after = (link.replace("<", "%3C").replace(">", "%3E") for link in pair)
            blocks.append(context(texts.say("pictures-linked", before=before, after=after)))
    return [*blocks, context(small)] if small else blocks


def _pair(request: Request) -> tuple[str, str] | None:
    """Returns what one sequence looked like before and after, if those differ."""
    if len(request.generations) != 1 or request.outcome is not Outcome.DONE:
        return None
    [generation] = request.generations
    after = generation.new_url
    return (generation.url, after) if generation.url and after and generation.url != after else None


def _side_by_side(pair: tuple[str, str], request: Request, texts: Texts) -> CarouselBlock:
    before, after = pair
    [generation] = request.generations
    what, new = which_sequences(request, texts), request.order.effect or generation.effect
    on_it = texts.say("picture-before-of", what=what), texts.say("picture-after-of", what=what)
    return CarouselBlock(
        elements=[
            _shown(before, on_it[0], texts.say("picture-before"), generation.effect, texts),
            _shown(after, on_it[1], texts.say("picture-after"), new, texts),
        ]
    )


def _shown(link: str, alt: str, title: str, effect: str | None, texts: Texts) -> CardBlock:
    words = fitting(texts.say.effect(effect), _MOST_SUBTITLE) if effect else ""
    subtitle = mrkdwn(words) if words else None  # Slack refuses one without a word
    hero = ImageElement(image_url=link, alt_text=alt)
    return CardBlock(hero_image=hero, title=mrkdwn(title), subtitle=subtitle)


def _rows(request: Request, texts: Texts, copied: PrivateCopy | None) -> list[Block]:
    """Returns the buttons that fit the way in which its sequences ended."""
    unwatched = {GenerationState.EXPIRED, GenerationState.STOPPED}
    late = [each for each in request.generations if each.state in unwatched]
    bad = [
        each for each in request.generations if each.state not in {GenerationState.DONE, *unwatched}
    ]
    rows = [buttons.retry(request, bad, texts, copied)] if bad else []
    if isinstance(request.problem, WaitedInVain):
        rows.insert(0, keep_waiting(request, texts, copied))
    if late:
        rows.append(buttons.keep_watching(request, late, texts, copied))
    *others, last = rows or [buttons.again(request, texts, copied)]
    return [*others, with_takes(last, request, copied.thread if copied else None, texts)]


def _now(request: Request, who: str, texts: Texts) -> str:
    """Says what is being done, and for whom."""
    key = "card-watching" if request.order.watch else "card-regenerating"
    key = "card-in-line" if waits(request) else key
    return texts.say(key, who=who, what=described(request, texts))


def _mention(request: Request) -> str:
    return f"<@{request.origin.user}>"


def _waiting(request: Request, head: str, texts: Texts) -> list[Block]:
    line = texts.say("stage-looking" if request.order.watch else "stage-sending")
    return _card(request, head, [f"{bar(0.0)}  {line}"], texts)


def _in_line(request: Request, head: str, progress: Progress | None, texts: Texts) -> Message:
    rendered = progress.rendered if progress is not None else 0.0
    asked = texts.say("in-line-since", ago=formatted_date(request.origin.at, "{ago}"))
    lines = [f"{bar(rendered)}  {waiting_for(request, progress, texts)}", asked]
    return Message.of(
        [*_card(request, head, lines, texts), cancel_waiting(request, texts)], texts.say
    )


def _card(request: Request, head: str, lines: Sequence[str], texts: Texts) -> list[Block]:
    shown = picture(_before(request), which_sequences(request, texts))
    if request.repeated:
        lines = [*lines, texts.say("card-repeated")]
    return [
        section(f"🎬 {head}\n{called(request, texts)}", shown),
        *(context(line) for line in lines),
    ]


def _before(request: Request) -> str | None:
    return _picture(request.order.image, *(each.url for each in request.generations))


def _latest(request: Request, texts: Texts) -> ImageElement | None:
    """Returns how one of its sequences looks now, or looked before if nothing came of it."""
    what = which_sequences(request, texts)
    after = _picture(*(each.new_url for each in request.generations))
    if after is not None:
        return picture(after, texts.say("picture-after-of", what=what))
    return picture(_before(request), what)


def _picture(*links: str | None) -> str | None:
    return next((link for link in links if link and is_picture(link)), None)


def bar(share: float) -> str:
    """Returns how far something is, as a bar."""
    full = min(_CELLS, max(0, round(share * _CELLS)))
    return "▰" * full + "▱" * (_CELLS - full)
