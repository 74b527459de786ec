"""The message of a request while it runs, and its outcome in the thread."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, CardBlock, CarouselBlock, ImageElement

from bot.domain.progress import Progress
from bot.domain.request import Outcome, Request, TakeState
from bot.slack.blocks import buttons
from bot.slack.blocks.buttons import Copied
from bot.slack.blocks.message import (
    Message,
    context,
    fitting,
    mrkdwn,
    picture,
    quoted,
    section,
    shows,
)
from bot.slack.blocks.voice import Voice
from bot.slack.blocks.wording import (
    ICONS,
    called,
    described,
    facts,
    stage,
    timing,
    verdicts,
    which,
)

_CELLS = 10
_MOST_SUBTITLE = 150
"""Characters of a card's subtitle. Source: Block Kit reference, card."""
_MOST_LINK = 1000
"""Characters of each of two links that share a line of small print with its words."""


def announcement(request: Request, name: str | None, voice: Voice) -> Message:
    """The message in the channel before anything is spent.

    It says who asked by their `name`, where that is known. A mention would notify them of what
    they have just asked for (docs.slack.dev/messaging/formatting-message-text, «Mentioning
    users»); the edits that follow have one, as an edit notifies nobody. It has its button from the
    beginning: a press is how the bot comes to know of a second one.
    """
    if name is not None:
        head = _now(request, quoted(name), voice)
    else:
        watched = request.wish.watch
        key = "card-somebody-watching" if watched else "card-somebody-regenerating"
        head = voice.say(key, what=described(request, voice))
    return Message.of(
        [*_waiting(request, head, voice), buttons.stop_watching(request, voice)], voice.say
    )


def waiting(request: Request, voice: Voice) -> Message:
    """The same for one person who asks how far it is."""
    return Message.of(_waiting(request, _now(request, _mention(request), voice), voice), voice.say)


def running(
    request: Request, progress: Progress, usual: float | None, now: float, voice: Voice
) -> Message:
    """The same message while IACrea works; `usual` is how many seconds others took."""
    line = f"{_bar(progress.share)}  {stage(progress, voice)}"
    head = _now(request, _mention(request), voice)
    blocks = _card(request, head, [line, timing(request, usual, now, voice)], voice)
    return Message.of([*blocks, buttons.stop_watching(request, voice)], voice.say)


def repetition(request: Request, voice: Voice) -> Message:
    """An announcement that was posted twice, in the place of the one that is not kept current."""
    link = voice.link(request.asked.channel, request.message or "", request.asked.thread)
    line = voice.say("card-repetition", link=link)
    head = _now(request, _mention(request), voice)
    return Message.of(_card(replace(request, repeated=False), head, [line], voice), voice.say)


def closing(request: Request, voice: Voice) -> Message:
    """The same message at the end: the outcome stands in the thread, or else it stands here."""
    did = "card-regenerated" if request.outcome is Outcome.DONE else "card-wanted"
    did = "card-watched" if request.wish.watch else did
    line = voice.say(f"closing-{request.outcome}")
    if request.reply is not None:
        line = voice.say("closing-see-thread", closing=line)
    head = voice.say(did, who=_mention(request), what=described(request, voice))
    card = _card(request, head, [f"{ICONS[request.outcome]} {line}"], voice)
    if request.reply is not None:
        return Message.of(card, voice.say)
    return Message.of([card[0], *outcome(request, voice).blocks], voice.say)


def outcome(request: Request, voice: Voice, copied: Copied | None = None) -> Message:
    """The reply in the thread, for the person who asked; or a copy of it, elsewhere."""
    left = request.credits_left if voice.balance else None
    low = left is not None and left < voice.low_credits
    warning = [section(_low(request, voice))] if low and not request.wish.watch else []
    blocks = [*_result(request, voice), *warning, *_rows(request, voice, copied)]
    return Message.of(blocks, voice.say)


def faded(request: Request, link: str | None, voice: Voice) -> Message:
    """An outcome without buttons: one of its sequences was regenerated again, see `link`."""
    words = voice.say("superseded", link=link) if link else voice.say("superseded-nowhere")
    return Message.of([*_result(request, voice), context(words)], voice.say)


def told_elsewhere(request: Request, voice: Voice) -> Message:
    """The outcome for the person who asked, where its thread cannot take it."""
    return with_link(outcome(request, voice), request, voice)


def with_link(card: Message, request: Request, voice: Voice) -> Message:
    """Returns the card with a link to the request's thread, where it has one."""
    link = thread_link(request, voice)
    return Message.of([*card.blocks, context(link)], voice.say) if link else card


def thread_link(request: Request, voice: Voice) -> str:
    """Returns a link to the request's thread; an empty text before it has one."""
    if request.message is None:
        return ""
    link = voice.link(request.asked.channel, request.message, request.asked.thread)
    return voice.say("status-thread", link=link)


def _told(request: Request, voice: Voice) -> str:
    return voice.say("outcome", who=_mention(request), verdicts=verdicts(request, voice))


def _low(request: Request, voice: Voice) -> str:
    return voice.say("low-credits", credits=round(request.credits_left or 0.0, 2))


def _result(request: Request, voice: Voice) -> list[Block]:
    """What came of it: in a sentence, in pictures, in numbers."""
    head = f"{ICONS[request.outcome]} {_told(request, voice)}"
    small = facts(request, voice)
    pair = _pair(request)
    blocks: list[Block] = []
    if pair and all(shows(link) for link in pair):
        blocks += [section(head), _side_by_side(pair, request, voice)]
    else:
        blocks.append(section(head, _latest(request, voice)))
        if pair and all(len(link) <= _MOST_LINK and "|" not in link for link in pair):
            before, after = (link.replace("<", "%3C").replace(">", "%3E") for link in pair)
            blocks.append(context(voice.say("pictures-linked", before=before, after=after)))
    return [*blocks, context(small)] if small else blocks


def _pair(request: Request) -> tuple[str, str] | None:
    """What one sequence looked like before and after, where that differs."""
    if len(request.takes) != 1 or request.outcome is not Outcome.DONE:
        return None
    [take] = request.takes
    after = take.new_url
    return (take.url, after) if take.url and after and take.url != after else None


def _side_by_side(pair: tuple[str, str], request: Request, voice: Voice) -> CarouselBlock:
    before, after = pair
    [take] = request.takes
    what, new = which(request, voice), request.wish.effect or take.effect
    on_it = voice.say("picture-before-of", what=what), voice.say("picture-after-of", what=what)
    return CarouselBlock(
        elements=[
            _shown(before, on_it[0], voice.say("picture-before"), take.effect, voice),
            _shown(after, on_it[1], voice.say("picture-after"), new, voice),
        ]
    )


def _shown(link: str, alt: str, title: str, effect: str | None, voice: Voice) -> CardBlock:
    words = fitting(voice.say.effect(effect), _MOST_SUBTITLE) if effect else ""
    subtitle = mrkdwn(words) if words else None  # Slack refuses one without a word
    hero = ImageElement(image_url=link, alt_text=alt)
    return CardBlock(hero_image=hero, title=mrkdwn(title), subtitle=subtitle)


def _rows(request: Request, voice: Voice, copied: Copied | None) -> list[Block]:
    """The buttons that fit the way in which its sequences ended."""
    unwatched = {TakeState.EXPIRED, TakeState.STOPPED}
    late = [take for take in request.takes if take.state in unwatched]
    bad = [take for take in request.takes if take.state not in {TakeState.DONE, *unwatched}]
    rows: list[Block] = [buttons.retry(request, bad, voice, copied)] if bad else []
    if late:
        rows.append(buttons.keep_watching(request, late, voice, copied))
    return rows or [buttons.again(request, voice, copied)]


def _now(request: Request, who: str, voice: Voice) -> str:
    """What is being done for whom."""
    key = "card-watching" if request.wish.watch else "card-regenerating"
    return voice.say(key, who=who, what=described(request, voice))


def _mention(request: Request) -> str:
    return f"<@{request.asked.by}>"


def _waiting(request: Request, head: str, voice: Voice) -> list[Block]:
    line = voice.say("stage-looking" if request.wish.watch else "stage-sending")
    return _card(request, head, [f"{_bar(0.0)}  {line}"], voice)


def _card(request: Request, head: str, lines: Sequence[str], voice: Voice) -> list[Block]:
    shown = picture(_before(request), which(request, voice))
    if request.repeated:
        lines = [*lines, voice.say("card-repeated")]
    return [
        section(f"🎬 {head}\n{called(request, voice)}", shown),
        *(context(line) for line in lines),
    ]


def _before(request: Request) -> str | None:
    return _picture(request.wish.image, *(take.url for take in request.takes))


def _latest(request: Request, voice: Voice) -> ImageElement | None:
    """How one of its sequences looks now; as it did before, where nothing came of it."""
    what = which(request, voice)
    after = _picture(*(take.new_url for take in request.takes))
    if after is not None:
        return picture(after, voice.say("picture-after-of", what=what))
    return picture(_before(request), what)


def _picture(*links: str | None) -> str | None:
    return next((link for link in links if link and shows(link)), None)


def _bar(share: float) -> str:
    full = min(_CELLS, max(0, round(share * _CELLS)))
    return "▰" * full + "▱" * (_CELLS - full)
