"""The message of a request while it runs, and its outcome in the thread."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.effects import Effects, in_words
from bot.domain.progress import Progress, Stage
from bot.domain.request import Outcome, Request, Take, TakeState
from bot.slack.blocks import buttons
from bot.slack.blocks.message import Message, code, context, quoted, section, sequences, shows
from bot.slack.blocks.problems import Workspace, sentence

_CELLS = 10
_SECONDS_A_MINUTE = 60


def announcement(request: Request) -> Message:
    """The message in the channel before anything is spent."""
    line = "Looking at IACrea…" if request.wish.watch else "Sending it to IACrea…"
    return _card(request, _doing(request), line, _bar(0.0))


def running(request: Request, progress: Progress) -> Message:
    """The same message while IACrea works."""
    return _card(request, _doing(request), _stage(progress), _bar(progress.share))


def closing(request: Request, effects: Effects, workspace: Workspace) -> Message:
    """The same message at the end: the outcome stands in the thread, or else it stands here."""
    did = "regenerated" if request.outcome is Outcome.DONE else "wanted to regenerate"
    did = "watched" if request.wish.watch else did
    if request.reply is not None:
        return _card(request, did, f"{_CLOSING[request.outcome]}: see the thread")
    card = _card(request, did, _CLOSING[request.outcome])
    told = outcome(request, effects, workspace)
    return Message(told.text, (card.blocks[0], *told.blocks))


def outcome(request: Request, effects: Effects, workspace: Workspace) -> Message:
    """The reply in the thread, for the person who asked."""
    text = f"<@{request.asked.by}>, {_verdicts(request, workspace)}"
    head = f"{_ICONS[request.outcome]} {text}"
    blocks: list[Block] = [section(head, picture=_after(request), alt=_which(request))]
    if facts := _facts(request):
        blocks.append(context(facts))
    return Message(text, (*blocks, *_rows(request, effects)))


def _rows(request: Request, effects: Effects) -> list[Block]:
    """The buttons that fit the way in which its sequences ended."""
    late = [take for take in request.takes if take.state is TakeState.EXPIRED]
    bad = [take for take in request.takes if take.state not in {TakeState.DONE, TakeState.EXPIRED}]
    rows: list[Block] = [buttons.retry(request, bad, effects)] if bad else []
    if late:
        rows.append(buttons.keep_watching(request, late))
    return rows or [buttons.again(request, effects)]


def _doing(request: Request) -> str:
    return "is watching" if request.wish.watch else "is regenerating"


def _card(request: Request, did: str, line: str, bar: str = "") -> Message:
    which, effect = _which(request), _effect(request)
    who = f"<@{request.asked.by}> {did}"
    details = (f" with {effect}" if effect else "") + (
        " from a new image" if request.wish.image else ""
    )
    head = f"🎬 {who} *{which}*{details}\nVideo {code(request.wish.video, 64)}"
    return Message(
        f"{who} {which}{details}. {line}",
        (
            section(head, picture=_before(request), alt=which),
            context(f"{bar}  {line}" if bar else f"{_ICONS[request.outcome]} {line}"),
        ),
    )


def _verdicts(request: Request, workspace: Workspace) -> str:
    """A sentence or two for each way in which its sequences ended, the good news first."""
    said = []
    for states in _ENDS:
        takes = [take for take in request.takes if take.state in states]
        if takes:
            what = _named(takes, request)
            said.append(_verdict(states[0], what, len(takes) > 1, request, workspace))
    first, *others = said
    return " ".join([first, *(other[0].upper() + other[1:] for other in others)])


def _verdict(
    state: TakeState, what: str, several: bool, request: Request, workspace: Workspace
) -> str:
    why = f" {sentence(request.problem, workspace)}" if request.problem else ""
    match state:
        case TakeState.DONE:
            effect = _effect(request)
            ready = f"{what} {'are' if several else 'is'} ready"
            return f"{ready}, with {effect}." if effect else f"{ready}."
        case TakeState.FAILED:
            refused = any(take.state is TakeState.REFUSED for take in request.takes)
            advice = " Another effect or image often helps."
            return f"{what} failed at IACrea.{advice if refused or not why else why}"
        case TakeState.EXPIRED:
            return (
                f"{what} {'are' if several else 'is'} still not finished, so I stopped watching. "
                "IACrea may be stuck. Press Keep watching and I go on; that costs nothing."
            )
        case TakeState.NOT_STARTED:
            return (
                f"{what} {'do' if several else 'does'} not seem to have started: IACrea's answer "
                "got lost, and nothing changed on the video since. I did not send it again, so "
                "that you never pay twice. To send it again, press Retry."
            )
        case _:
            return f"{what} {'were' if several else 'was'} not started.{why}"


def _facts(request: Request) -> str:
    """The small print: credits and time."""
    used = [take.credits_used for take in request.takes if take.credits_used is not None]
    facts = []
    if used:
        spent = _number(sum(used))
        facts.append(f"{spent} credit{'' if spent == '1' else 's'} used")
    if request.credits_left is not None:
        facts.append(f"{_number(request.credits_left)} left")
    if request.ended_at is not None:
        facts.append(f"took {_duration(request.ended_at - request.asked.at)}")
    return " · ".join(facts)


def _which(request: Request) -> str:
    return _named(request.takes, request)


def _named(takes: Sequence[Take], request: Request) -> str:
    total = f" of {request.sequences}" if request.sequences else ""
    return sequences([take.position for take in takes]) + total


def _effect(request: Request) -> str:
    wanted = request.wish.effect
    if wanted is None:
        return ""
    before = {take.effect for take in request.takes}
    old = before.pop() if len(before) == 1 else None
    if old and old != wanted:
        return f"{quoted(in_words(old))} → *{quoted(in_words(wanted))}*"
    return f"*{quoted(in_words(wanted))}*"


def _before(request: Request) -> str | None:
    return _picture(request.wish.image, *(take.url for take in request.takes))


def _after(request: Request) -> str | None:
    return _picture(*(take.new_url for take in request.takes), _before(request))


def _picture(*links: str | None) -> str | None:
    return next((link for link in links if link and shows(link)), None)


def _stage(progress: Progress) -> str:
    match progress.stage:
        case Stage.QUEUED:
            return "Queued at IACrea"
        case Stage.ANIMATING if progress.of:
            return f"Animating {progress.done} of {progress.of} sequences"
        case Stage.ANIMATING:
            return "Animating"
        case Stage.RENDERING:
            return f"Rendering {progress.rendered * 100:.0f} %"
        case Stage.SILENT:
            return "IACrea does not answer at the moment; I keep asking"
        case Stage.UNKNOWN:
            return f"IACrea says {code(progress.status, 60)}"


def _bar(share: float) -> str:
    full = min(_CELLS, max(0, round(share * _CELLS)))
    return "▰" * full + "▱" * (_CELLS - full)


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, _SECONDS_A_MINUTE)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _number(value: float) -> str:
    rounded = round(value, 2)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


_ICONS = {
    Outcome.DONE: "✅",
    Outcome.FAILED: "⚠️",
    Outcome.EXPIRED: "⌛",
    Outcome.UNCLEAR: "❔",
    Outcome.REJECTED: "🚫",
}
_ENDS = (
    (TakeState.DONE,),
    (TakeState.REFUSED, TakeState.WAITING),
    (TakeState.NOT_STARTED,),
    (TakeState.FAILED,),
    (TakeState.EXPIRED,),
)
_CLOSING = {
    Outcome.DONE: "Done",
    Outcome.FAILED: "Failed",
    Outcome.EXPIRED: "Not finished in time",
    Outcome.UNCLEAR: "Does not seem to have started",
    Outcome.REJECTED: "Not started",
}
