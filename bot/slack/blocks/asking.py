"""Asks before credits are spent: says why, what a yes costs, and what is left."""

from bot.domain.errors import AlreadyRunning, AskFirst
from bot.domain.estimate import Estimate
from bot.domain.line_problems import AlreadyInLine
from bot.domain.looking import AskAboutPicture
from bot.domain.request import Reason
from bot.slack.blocks import picture_words
from bot.slack.blocks.message import code
from bot.slack.blocks.texts import Texts


def question(error: AskFirst, texts: Texts, estimate: Estimate) -> str:
    """Asks the question, with everything that a yes agrees to, and its price."""
    reasons, say = set(error.reasons), texts.say
    parts = picture_words.doubts(error, texts) if isinstance(error, AskAboutPicture) else []
    if Reason.REPEATED in reasons:
        parts.append(repeated(error, len(error.positions), texts))
    if Reason.RENAMED in reasons:
        name, was, now = (code(each, 64) for each in (error.name, error.was, error.video))
        parts.append(say("ask-renamed", name=name, was=was, now=now))
    if Reason.PENDING in reasons:
        parts.append(say("ask-pending", what=texts.sequences(error.pending)))
    if Reason.RENDERING in reasons:
        parts.append(_rendering(error, texts))
    parts += _price(error, texts, estimate)
    return " ".join([*parts, say("ask-go-ahead")])


def running(error: AlreadyRunning, texts: Texts, estimate: Estimate, count: int) -> str:
    """Says that another request does that already; `count` sequences would be paid again."""
    return " ".join([_already(error, texts), *once_more(count, texts, estimate)])


def repeated(error: AskFirst, count: int, texts: Texts) -> str:
    """Says how many of `count` sequences were started since, and by whom if that may be told."""
    known = {"repeated": error.repeated, "count": count}
    if not error.by:
        return texts.say("ask-repeated", **known)
    by = f"<@{error.by}>"
    if error.message is None:  # not announced yet
        return texts.say("ask-repeated-by", by=by, **known)
    link = texts.link(error.channel, error.message, error.thread)
    return texts.say("ask-repeated-there", by=by, link=link, **known)


def once_more(count: int, texts: Texts, estimate: Estimate) -> list[str]:
    """Says what it costs to regenerate once more what was started already, and what is left."""
    if estimate.cost is None:
        return [texts.say("ask-once-more", count=count)]
    words = texts.say("ask-once-more-cost", count=count, credits=round(count * estimate.cost, 2))
    return [words, *_left(texts, estimate)]


def _already(error: AlreadyRunning, texts: Texts) -> str:
    how = "in-line" if isinstance(error, AlreadyInLine) else "running"
    if not error.by:
        return texts.say(f"problem-already-{how}")
    by = f"<@{error.by}>"
    if error.message is None:  # not announced yet
        return texts.say(f"problem-already-{how}-by", by=by)
    link = texts.link(error.channel, error.message, error.thread)
    return texts.say(f"problem-already-{how}-there", by=by, link=link)


def _rendering(error: AskFirst, texts: Texts) -> str:
    if error.progress is None:
        words = texts.say("ask-rendering")
    else:
        words = texts.say("ask-rendering-share", share=error.progress)
    if error.started_by:
        by = texts.say.listed(f"<@{each}>" for each in error.started_by)
        words = f"{words} {texts.say('ask-rendering-by', by=by)}"
    return f"{words} {texts.say('ask-after-render')}"


def _price(error: AskFirst, texts: Texts, estimate: Estimate) -> list[str]:
    count, say = len(error.positions), texts.say
    if Reason.SEVERAL not in error.reasons:
        if Reason.REPEATED in error.reasons:
            return once_more(count, texts, estimate)
        if estimate.cost is None:
            return []
        return [say("confirm-cost", credits=round(estimate.cost, 2)), *_left(texts, estimate)]
    if estimate.cost is None:
        return [say("ask-several", count=count)]
    return [
        say("ask-several-cost", count=count, credits=round(count * estimate.cost, 2)),
        *_left(texts, estimate),
    ]


def _left(texts: Texts, estimate: Estimate) -> list[str]:
    return [] if estimate.left is None else [texts.say("ask-left", credits=round(estimate.left, 2))]
