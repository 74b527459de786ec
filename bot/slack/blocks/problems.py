"""What is wrong, in plain words, with what to do instead: a sentence for every `UserError`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.domain import errors
from bot.domain.effects import in_words
from bot.domain.images import MOST_CHARACTERS
from bot.domain.request import MessageTs, Pick, Reason, RequestId, Wish
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message, code, quoted, section, sequences

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the words need to know of where they are read.

    Attributes:
        command: the slash command's name there.
        url: the workspace's own address, with a slash at its end, for links to messages.
    """

    command: str = "/regen"
    url: str = "https://slack.com/"


def sentence(problem: errors.UserError, workspace: Workspace) -> str:
    """What is wrong and what to do instead, as mrkdwn.

    Raises:
        KeyError: a `UserError` that has no words yet; a test walks them all.
    """
    return _WORDS[type(problem)](problem, workspace)


def problem(
    error: errors.UserError,
    workspace: Workspace,
    *,
    wish: Wish | None = None,
    thread: MessageTs | None = None,
) -> Message:
    """The private answer to a request that was not started.

    `wish` is what was asked; where it only needs a yes, a button carries it.
    """
    words = sentence(error, workspace)
    if isinstance(error, _AFTER_ACCEPTING):
        words = f"Nothing was started. {words}"
    blocks: list[Block] = [section(words)]
    if wish is not None and isinstance(error, errors.AskFirst):
        count = len(error.positions)
        # A yes is to what was asked about, also if more sequences have failed since.
        pick = Pick(positions=error.positions) if wish.pick.failed else wish.pick
        agreed = replace(wish, pick=pick, agreed=error.reasons)
        label = f"Regenerate {count} sequences" if count > 1 else "Regenerate anyway"
        blocks.append(buttons.go_ahead(label, agreed, thread))
    if wish is not None and isinstance(error, errors.AlreadyRunning):
        agreed_too = (*wish.agreed, Reason.PENDING.value)
        over = replace(wish, over=RequestId(error.request), agreed=agreed_too)
        blocks.append(buttons.go_ahead("Regenerate anyway", over, thread))
    return Message(words, tuple(blocks))


def not_written_down() -> Message:
    """The acknowledgement when Redis did not take the request in time."""
    words = "Nothing was started: I could not write your request down. Try again in a minute."
    return Message(words, (section(words),))


def sorry() -> Message:
    """Something unforeseen went wrong before anything was started."""
    words = (
        "Nothing was started: something went wrong on my side. Try again; if that does not help, "
        "whoever runs me finds the reason in my log."
    )
    return Message(words, (section(words),))


def _unknown_effect(error: errors.UnknownEffect, at: Workspace) -> str:
    if error.nearest is not None:
        hint = f"Did you mean {code(in_words(error.nearest))}?"
    else:
        hint = f"{code(f'{at.command} effects')} lists them."
    return f"I know no effect called {code(error.typed)}. {hint}"


def _bad_image(error: errors.BadImage, _: Workspace) -> str:
    if error.private:
        return f"IACrea cannot reach {code(error.typed)}. Use a link to a public image."
    return (
        f"{code(error.typed)} is not an image link I can use. It has to start with `https://`, "
        f"without a password or spaces, and have at most {MOST_CHARACTERS:,} characters."
    )


def _no_such_sequence(error: errors.NoSuchSequence, at: Workspace) -> str:
    last = error.positions
    choice = "it has only one: `1`" if last == 1 else f"use a number from 1 to {last}"
    return (
        f"That video has no sequence {code(error.asked)}; {choice}, for example "
        f"{code(f'{at.command} {error.video} {last}')}."
    )


def _cannot_post(error: errors.CannotPost, at: Workspace) -> str:
    reason = error.reason
    if reason in {"not_in_channel", "channel_not_found"}:
        how = "Add me with `/invite`, or use a channel that I am in, then try again."
    elif reason == "is_archived":
        how = "The channel is archived; use another one."
    elif reason.startswith("restricted_action"):
        how = "Only some people may post in this channel; use another one."
    elif reason == "missing_scope":
        how = "Whoever installed me has to grant the scope `chat:write` and install me again."
    else:
        how = f"Slack says {code(reason)}; try {code(at.command)} in another channel."
    return f"I cannot post here. {how}"


def _already_running(error: errors.AlreadyRunning, at: Workspace) -> str:
    by = f" for <@{error.by}>" if error.by else ""
    link = ""
    if error.message is not None:
        path = f"archives/{error.channel}/p{error.message.replace('.', '')}"
        link = f" Its result comes in <{at.url}{path}|that message's thread>."
    return (
        f"That sequence is being regenerated already{by}, so nothing was started.{link} "
        "Regenerating it once more costs credits again."
    )


def _ask_first(error: errors.AskFirst, _: Workspace) -> str:
    reasons = set(error.reasons)
    parts = []
    if Reason.PENDING in reasons:
        parts.append(f"IACrea is generating {sequences(error.pending)} at this moment.")
    if Reason.RENDERING in reasons:
        far = "" if error.progress is None else f" ({error.progress:.0%} done)"
        parts.append(f"The final render is in progress{far} and would be cancelled.")
    if Reason.SEVERAL in reasons:
        parts.append(f"This regenerates {len(error.positions)} sequences, and each costs credits.")
    return " ".join([*parts, "Nothing was started yet. Go ahead?"])


def _detail(words: str) -> str:
    return f" It says: {quoted(words)}" if words else ""


_AFTER_ACCEPTING = (
    errors.CannotPost,
    errors.NoCredits,
    errors.KeyRefused,
    errors.NotAccepted,
    errors.Trouble,
    errors.TooLate,
)
"""What came up later than the mistakes in what was typed, so that people may wonder how far it got.
In a thread the same words are about some sequences only, and others may have been started."""

_WORDS: dict[type[errors.UserError], Callable[[Any, Workspace], str]] = {
    errors.MissingSequence: lambda e, at: (
        f"Say which sequence, for example {code(f'{at.command} {e.video} 2')} for the second one."
    ),
    errors.NotAVideo: lambda e, at: (
        f"{code(e.typed)} is not a video. Use its id or a link to it: "
        f"{code(f'{at.command} <video> <sequence>')}."
    ),
    errors.NotASequence: lambda e, _: (
        f"{code(e.typed)} is not a sequence. Use its number in the storyboard, such as `2`, "
        "several such as `2,4-6`, or `failed` for all that failed."
    ),
    errors.TooManySequences: lambda e, _: (
        f"{e.asked} sequences are too many for one request. Ask for at most {e.most}, "
        f"such as `1-{e.most}`."
    ),
    errors.UnknownEffect: _unknown_effect,
    errors.BadImage: _bad_image,
    errors.TooLong: lambda e, at: (
        f"That is {e.length:,} characters, more than the {e.most:,} I read. "
        f"Try {code(f'{at.command} <video> <sequence>')}."
    ),
    errors.StaleButton: lambda _, at: (
        "I can no longer read that button. "
        f"Type {code(f'{at.command} <video> <sequence>')} instead."
    ),
    errors.NoSuchVideo: lambda e, _: (
        f"IACrea knows no video {code(e.video)}. Copy its id or its link from IACrea."
    ),
    errors.NoSuchSequence: _no_such_sequence,
    errors.NothingFailed: lambda e, at: (
        "No sequence of that video failed. To regenerate one all the same, name it: "
        f"{code(f'{at.command} {e.video} 2')}."
    ),
    errors.NotReady: lambda e, _: (
        f"IACrea does not show the sequences of that video yet (it says {code(e.status)}). "
        "Try again when it has made them."
    ),
    errors.CannotPost: _cannot_post,
    errors.NoCredits: lambda e, _: (
        "The IACrea account does not have enough credits. Top them up, then try again."
        + _detail(e.detail)
    ),
    errors.KeyRefused: lambda *_: (
        "IACrea refuses my key. Whoever runs me has to mend `IACREA_API_KEY`."
    ),
    errors.NotAccepted: lambda e, _: (
        f"IACrea refused the request ({e.status}). Check the video, the effect and the image."
        + _detail(e.detail)
    ),
    errors.Trouble: lambda e, _: (
        "IACrea has trouble at the moment"
        + (f" (it answers {e.status})" if e.status else " (it cannot be reached)")
        + ". Try again in a few minutes."
    ),
    errors.TooLate: lambda e, _: (
        f"You asked {e.minutes} minutes ago, and I could not start it in time. "
        "Ask again if you still want it."
    ),
    errors.AlreadyRunning: _already_running,
    errors.AskFirst: _ask_first,
}
