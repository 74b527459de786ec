"""The message of a request while it runs, and its outcome in the thread."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, CardBlock, CarouselBlock, ImageElement

from bot.domain.progress import Progress
from bot.domain.request import Outcome, Request, TakeState
from bot.slack.blocks import buttons
from bot.slack.blocks.buttons import Copied
from bot.slack.blocks.message import Message, context, fitting, mrkdwn, section, shows
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


def announcement(request: Request, voice: Voice) -> Message:
    """The message in the channel before anything is spent.

    It has its button from the beginning: a press is how the bot comes to know of a second one.
    """
    card = waiting(request, voice)
    return Message(card.text, (*card.blocks, buttons.stop_watching(request, voice)))


def waiting(request: Request, voice: Voice) -> Message:
    """The same for one person who asks how far it is."""
    line = voice.say("stage-looking" if request.wish.watch else "stage-sending")
    return _card(request, _doing(request), [f"{_bar(0.0)}  {line}"], voice)


def running(
    request: Request, progress: Progress, usual: float | None, now: float, voice: Voice
) -> Message:
    """The same message while IACrea works; `usual` is how many seconds others took."""
    line = f"{_bar(progress.share)}  {stage(progress, voice)}"
    card = _card(request, _doing(request), [line, timing(request, usual, now, voice)], voice)
    return Message(card.text, (*card.blocks, buttons.stop_watching(request, voice)))


def repetition(request: Request, voice: Voice) -> Message:
    """An announcement that was posted twice, in the place of the one that is not kept current."""
    link = voice.link(request.asked.channel, request.message or "")
    line = voice.say("card-repetition", link=link)
    return _card(replace(request, repeated=False), _doing(request), [line], voice)


def closing(request: Request, voice: Voice) -> Message:
    """The same message at the end: the outcome stands in the thread, or else it stands here."""
    did = "card-regenerated" if request.outcome is Outcome.DONE else "card-wanted"
    did = "card-watched" if request.wish.watch else did
    line = voice.say(f"closing-{request.outcome}")
    if request.reply is not None:
        line = voice.say("closing-see-thread", closing=line)
    card = _card(request, did, [f"{ICONS[request.outcome]} {line}"], voice)
    if request.reply is not None:
        return card
    told = outcome(request, voice)
    return Message(told.text, (card.blocks[0], *told.blocks))


def outcome(request: Request, voice: Voice, copied: Copied | None = None) -> Message:
    """The reply in the thread, for the person who asked; or a copy of it, elsewhere."""
    text = _told(request, voice)
    low = request.credits_left is not None and request.credits_left < voice.low_credits
    warning = [section(_low(request, voice))] if low and not request.wish.watch else []
    return Message(text, (*_result(request, voice), *warning, *_rows(request, voice, copied)))


def faded(request: Request, link: str | None, voice: Voice) -> Message:
    """An outcome without buttons: one of its sequences was regenerated again, see `link`."""
    words = voice.say("superseded", link=link) if link else voice.say("superseded-nowhere")
    return Message(_told(request, voice), (*_result(request, voice), context(words)))


def _told(request: Request, voice: Voice) -> str:
    return voice.say("outcome", who=f"<@{request.asked.by}>", verdicts=verdicts(request, voice))


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
        blocks.append(section(head, picture=_after(request), alt=which(request, voice)))
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
    [take] = request.takes
    effects = (take.effect, request.wish.effect or take.effect)
    titles = (voice.say("picture-before"), voice.say("picture-after"))
    return CarouselBlock(
        elements=[
            CardBlock(
                hero_image=ImageElement(image_url=link, alt_text=title),
                title=mrkdwn(title),
                subtitle=mrkdwn(fitting(voice.say.effect(effect), _MOST_SUBTITLE))
                if effect
                else None,
            )
            for link, title, effect in zip(pair, titles, effects, strict=True)
        ]
    )


def _rows(request: Request, voice: Voice, copied: Copied | None) -> list[Block]:
    """The buttons that fit the way in which its sequences ended."""
    unwatched = {TakeState.EXPIRED, TakeState.STOPPED}
    late = [take for take in request.takes if take.state in unwatched]
    bad = [take for take in request.takes if take.state not in {TakeState.DONE, *unwatched}]
    rows: list[Block] = [buttons.retry(request, bad, voice, copied)] if bad else []
    if late:
        rows.append(buttons.keep_watching(request, late, voice, copied))
    return rows or [buttons.again(request, voice, copied)]


def _doing(request: Request) -> str:
    return "card-watching" if request.wish.watch else "card-regenerating"


def _card(request: Request, did: str, lines: Sequence[str], voice: Voice) -> Message:
    head = voice.say(did, who=f"<@{request.asked.by}>", what=described(request, voice))
    if request.repeated:
        lines = [*lines, voice.say("card-repeated")]
    alt = which(request, voice)
    return Message(
        f"{head}. {lines[0]}",
        (
            section(f"🎬 {head}\n{called(request, voice)}", picture=_before(request), alt=alt),
            *(context(line) for line in lines),
        ),
    )


def _before(request: Request) -> str | None:
    return _picture(request.wish.image, *(take.url for take in request.takes))


def _after(request: Request) -> str | None:
    return _picture(*(take.new_url for take in request.takes), _before(request))


def _picture(*links: str | None) -> str | None:
    return next((link for link in links if link and shows(link)), None)


def _bar(share: float) -> str:
    full = min(_CELLS, max(0, round(share * _CELLS)))
    return "▰" * full + "▱" * (_CELLS - full)
