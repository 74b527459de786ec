"""Says what is wrong and what to do instead: has a plain sentence for every `UserError`."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain import errors, line_problems
from bot.domain.automatic import AutomaticVideo
from bot.domain.command import WORDS
from bot.domain.estimate import Estimate
from bot.domain.looking import AskAboutPicture, NotAPicture
from bot.domain.permissions import SILENT_GROUP, Standing, is_group
from bot.domain.positions import typed
from bot.domain.request import MessageTs, Order, Reason, RequestId
from bot.domain.take_problems import NoSuchTake, OneSequence
from bot.domain.video import VideoStatus
from bot.domain.which_sequence import WhichSequence
from bot.slack.blocks import asking, picture_words
from bot.slack.blocks.agreeing import agreeing, choosing
from bot.slack.blocks.choices import choices
from bot.slack.blocks.message import Message, code, quoted, section
from bot.slack.blocks.texts import Texts

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block

_REASONS = {Standing.OUTSIDER, Standing.GUEST, Standing.UNKNOWN, SILENT_GROUP}
_USE = "<video> <sequence>"
_NAME = "lilac-street-12"


def sentence(problem: errors.UserError, texts: Texts) -> str:
    """Says what is wrong and what to do instead, as mrkdwn.

    Raises:
        KeyError: a `UserError` has no words yet; a test tries each one.
    """
    return _WORDS[type(problem)](problem, texts)


def problem_message(
    error: errors.UserError,
    texts: Texts,
    *,
    order: Order | None = None,
    thread: MessageTs | None = None,
    estimate: Estimate | None = None,
    since: float | None = None,
) -> Message:
    """Returns the private answer to a request that was not started.

    `order` is what was asked; if it only needs a yes, a button carries it. `estimate` tells what
    that yes costs. `since` (Unix s) is when its person asked, so of later starts they do not know.
    """
    if isinstance(error, errors.AskFirst):
        words = asking.question(error, texts, estimate or Estimate())
    elif isinstance(error, errors.AlreadyRunning):
        words = asking.running(error, texts, estimate or Estimate(), _count(order))
    else:
        words = sentence(error, texts)
    if isinstance(error, _AFTER_ACCEPTING):
        words = texts.say("nothing-started", why=words)
    blocks: list[Block] = [section(words)]
    if order is not None and isinstance(error, errors.AskFirst):
        # More may have failed by the time of the yes, and it agrees to no more than this many.
        most = len(error.positions) if order.selection.failed else None
        agreed = replace(order, agreed=error.reasons, most=most, since=since, after_render=False)
        # Where a yes would cancel a render, it can be waited for instead.
        row = choosing if Reason.RENDERING in error.reasons else agreeing
        blocks.append(row(len(error.positions), agreed, thread, texts))
    if order is not None and isinstance(error, errors.AlreadyRunning):
        agreed_too = (*order.agreed, Reason.PENDING.value)
        over = replace(order, over=RequestId(error.request), agreed=agreed_too, since=since)
        blocks.append(agreeing(_count(order), over, thread, texts))
    if order is not None and isinstance(error, WhichSequence):
        blocks += choices(error, replace(order, since=since), thread, texts)
    return Message.of(blocks, texts.say)


def _count(order: Order | None) -> int:
    """Returns how many sequences somebody has agreed to."""
    # «failed» names no sequences; `most` is how many of them it was asked about.
    return len(order.selection.positions or order.selection.ids) or order.most or 1 if order else 1


def plain(message_id: str, texts: Texts, **facts: str) -> Message:
    """Returns a sentence of the catalogue as a message, such as `sorry`, which needs no facts."""
    return Message.of([section(texts.say(message_id, **facts))], texts.say)


def _not_a_video(error: errors.NotAVideo, texts: Texts) -> str:
    word = WORDS.get(error.typed.casefold())
    if word is not None:  # without what belongs behind it, or with what does not
        example = texts.typed(f"{word} {word.behind}".rstrip())
        return texts.say("problem-own-word", typed=code(error.typed), example=example)
    return texts.say("problem-not-a-video", typed=code(error.typed), example=texts.typed(_USE))


def _unknown_effect(error: errors.UnknownEffect, texts: Texts) -> str:
    if error.nearest is not None:
        nearest = code(texts.say.effect(error.nearest))
        return texts.say("problem-unknown-effect-near", typed=code(error.typed), nearest=nearest)
    return texts.say(
        "problem-unknown-effect", typed=code(error.typed), example=texts.typed("effects")
    )


def _no_such_sequence(error: errors.NoSuchSequence, texts: Texts) -> str:
    last = error.positions
    if not last:
        return texts.say("problem-no-such-sequence-unlisted", asked=code(error.asked))
    key = "problem-no-such-sequence-one" if last == 1 else "problem-no-such-sequence"
    example = texts.typed(f"{error.video} {last}")
    return texts.say(key, asked=code(error.asked), last=last, example=example)


def _not_ready(error: errors.NotReady, texts: Texts) -> str:
    if error.status in {VideoStatus.START_RENDERING, VideoStatus.RENDERING}:
        return texts.say("problem-not-ready-rendering")
    return texts.say("problem-not-ready", status=code(error.status))


def _cannot_post(error: errors.CannotPost, texts: Texts) -> str:
    if error.direct and error.reason in _NOT_THERE:  # nobody can invite an app there
        return texts.say("problem-cannot-post-direct")
    kind = next((each for each in _KINDS if error.reason.startswith(each)), error.reason)
    key = _POSTING.get(kind, "problem-cannot-post")
    return texts.say(key, reason=code(error.reason), example=code(texts.command))


def refusal(error: errors.NotAllowed) -> str:
    """Returns the id of the sentence that says why somebody may not spend."""
    return f"problem-not-allowed-{error.why if error.why in _REASONS else 'person'}"


def _not_allowed(error: errors.NotAllowed, texts: Texts) -> str:
    if not error.person:
        channels = texts.say.listed(f"<#{each}>" for each in error.channels)
        return texts.say("problem-not-allowed-channel", channels=channels)
    words = texts.say(refusal(error))
    if error.why == Standing.UNKNOWN:  # there is nothing that an administrator could change
        return words
    admins = texts.say.listed(map(_mention, error.admins))
    if admins:
        return f"{words} {texts.say('problem-not-allowed-ask', admins=admins)}"
    return f"{words} {texts.say('problem-not-allowed-ask-operator')}"


def _mention(listed: str) -> str:
    """Mentions a person or a user group; docs.slack.dev/messaging/formatting-message-text."""
    return f"<!subteam^{listed}>" if is_group(listed) else f"<@{listed}>"


def _hourly_limit(error: errors.HourlyLimit, texts: Texts) -> str:
    facts = {"limit": error.limit, "asked": error.asked}
    if error.positions:
        return texts.say(
            "problem-hourly-limit-some", first=code(typed(error.positions), 300), **facts
        )
    never = error.asked > error.limit
    key = "problem-hourly-limit-never" if never else "problem-hourly-limit"
    return texts.say(key, minutes=max(1, error.minutes), **facts)


def _detailed(words: str, detail: str, texts: Texts) -> str:
    """Adds IACrea's own words, if it sent any."""
    said = quoted(detail)
    return texts.say("problem-says", sentence=words, detail=said) if said else words


_CAUSES = {"certificate", "proxy"}


def _iacrea_unavailable(error: errors.IACreaUnavailable, texts: Texts) -> str:
    if error.cause in _CAUSES:
        return texts.say(f"problem-iacrea-unavailable-{error.cause}")
    if error.status is None:
        return texts.say("problem-iacrea-unavailable")
    return texts.say("problem-iacrea-unavailable-status", status=str(error.status))


_AFTER_ACCEPTING = (
    NotAPicture,
    errors.CannotPost,
    errors.NoCredits,
    errors.KeyRefused,
    errors.NotAccepted,
    errors.IACreaUnavailable,
    errors.Unforeseen,
    errors.TooLate,
    errors.Cancelled,
)
"""Errors that come after a request was accepted, so that people may wonder how far it got. The
private answer says that nothing was started. An outcome in a thread uses the same sentences without
that, because others of its sequences may have been started."""

_NOT_THERE = {"not_in_channel", "channel_not_found"}
_POSTING = {
    "not_in_channel": "problem-cannot-post-not-in-channel",
    "channel_not_found": "problem-cannot-post-not-in-channel",
    "is_archived": "problem-cannot-post-archived",
    "restricted_action": "problem-cannot-post-restricted",
    "posting_to_channel_denied": "problem-cannot-post-restricted",
    "no_permission": "problem-cannot-post-restricted",
    "ekm_access_denied": "problem-cannot-post-suspended",
    "app_access_restricted": "problem-cannot-post-app",
    "team_access_not_granted": "problem-cannot-post-app",
    "slack_connect_": "problem-cannot-post-shared",
    "thread_not_found": "problem-cannot-post-thread",
    "missing_scope": "problem-cannot-post-scope",
}
"""Sentences by Slack's error. Source: docs.slack.dev, chat.postMessage; `posting.THREAD_GONE`."""
_KINDS = ("restricted_action", "slack_connect_")
"""Beginnings that several of Slack's errors share; they mean the same here."""

_WORDS: dict[type[errors.UserError], Callable[[Any, Texts], str]] = {
    errors.NotAVideo: _not_a_video,
    errors.NotASequence: lambda e, texts: texts.say("problem-not-a-sequence", typed=code(e.typed)),
    errors.TooManySequences: lambda e, texts: texts.say(
        "problem-too-many-sequences", asked=e.asked, most=e.most, example=code(typed(e.first))
    ),
    errors.UnknownEffect: _unknown_effect,
    errors.BadImage: picture_words.bad_link,
    NotAPicture: picture_words.no_picture,
    errors.TooLong: lambda e, texts: texts.say(
        "problem-too-long", length=e.length, most=e.most, example=texts.typed(_USE)
    ),
    errors.BadName: lambda e, texts: texts.say(
        f"problem-bad-name-{e.reason.replace(' ', '-')}",
        typed=code(e.typed, 60),
        example=code(_NAME),
    ),
    errors.NameTaken: lambda e, texts: texts.say(
        "problem-name-taken", name=code(e.name), video=code(e.video)
    ),
    errors.NoLastVideo: lambda _, texts: texts.say("problem-no-last-video"),
    errors.NothingToRepeat: lambda e, texts: texts.say(
        "problem-nothing-to-repeat" if e.in_thread else "problem-again-where",
        example=texts.typed(_USE),
    ),
    errors.NoSuchRequest: lambda e, texts: texts.say(
        "problem-no-such-request", asked=code(e.asked), example=texts.typed("status")
    ),
    errors.NotAllowed: _not_allowed,
    errors.HourlyLimit: _hourly_limit,
    errors.NoLongerRunning: lambda _, texts: texts.say("problem-no-longer-running"),
    errors.NotRunningYet: lambda _, texts: texts.say("problem-not-running-yet"),
    errors.StaleButton: lambda _, texts: texts.say(
        "problem-stale-button", example=texts.typed(_USE)
    ),
    errors.AnotherCommand: lambda e, texts: texts.say(
        "problem-another-command", typed=code(e.typed), example=texts.typed(_USE)
    ),
    errors.NoSuchVideo: lambda e, texts: texts.say("problem-no-such-video", video=code(e.video)),
    AutomaticVideo: lambda e, texts: texts.say(
        "problem-not-regenerated" if e.shown else "problem-automatic-video",
        video=code(e.video),
        example=texts.typed(e.video),
    ),
    errors.NoSuchSequence: _no_such_sequence,
    WhichSequence: lambda e, texts: texts.say(
        "problem-which-sequence-several" if e.several else "problem-which-sequence",
        asked=code(e.asked, 64),
    ),
    OneSequence: lambda e, texts: texts.say(
        "problem-one-sequence", last=e.positions, example=texts.typed(f"takes {_USE}")
    ),
    NoSuchTake: lambda _, texts: texts.say("problem-no-such-take"),
    errors.NothingFailed: lambda e, texts: texts.say(
        "problem-nothing-failed", example=texts.typed(f"{e.video} 2")
    ),
    errors.NotReady: _not_ready,
    errors.CannotPost: _cannot_post,
    errors.NoCredits: lambda e, texts: _detailed(texts.say("problem-no-credits"), e.detail, texts),
    errors.KeyRefused: lambda _, texts: texts.say("problem-key-refused"),
    errors.NotAccepted: lambda e, texts: _detailed(
        texts.say("problem-not-accepted", status=str(e.status)), e.detail, texts
    ),
    errors.IACreaUnavailable: _iacrea_unavailable,
    errors.Unforeseen: lambda _, texts: texts.say("problem-unforeseen"),
    errors.TooLate: lambda e, texts: texts.say("problem-too-late", minutes=e.minutes),
    errors.Cancelled: lambda _, texts: texts.say("problem-cancelled"),
    line_problems.WaitedInVain: lambda e, texts: texts.say(
        "problem-waited-in-vain", minutes=e.minutes
    ),
    line_problems.CancelledInLine: lambda e, texts: texts.say(
        "problem-cancelled-in-line", by=_mention(e.by)
    ),
    line_problems.StartedMeanwhile: lambda _, texts: texts.say("problem-started-meanwhile"),
    line_problems.NoLongerInLine: lambda _, texts: texts.say("problem-no-longer-in-line"),
    line_problems.AlreadyInLine: lambda e, texts: asking.running(e, texts, Estimate(), 1),
    errors.AlreadyRunning: lambda e, texts: asking.running(e, texts, Estimate(), 1),
    errors.AskFirst: lambda e, texts: asking.question(e, texts, Estimate()),
    AskAboutPicture: lambda e, texts: asking.question(e, texts, Estimate()),
}
