"""What is said of a request: which sequences, which effect, how each ended, what it came to."""

from collections.abc import Sequence

from bot.domain.progress import Progress, Stage
from bot.domain.request import Outcome, Request, Take, TakeState
from bot.slack.blocks.message import code, moment
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.voice import Voice

_ENDS = (
    (TakeState.DONE,),
    (TakeState.REFUSED, TakeState.WAITING),
    (TakeState.NOT_STARTED,),
    (TakeState.FAILED,),
    (TakeState.EXPIRED,),
    (TakeState.STOPPED,),
)
ICONS = {
    Outcome.DONE: "✅",
    Outcome.FAILED: "⚠️",
    Outcome.EXPIRED: "⌛",
    Outcome.STOPPED: "⏹️",
    Outcome.UNCLEAR: "❔",
    Outcome.REJECTED: "🚫",
}


def which(request: Request, voice: Voice) -> str:
    """`sequence 2 of 5`."""
    return _named(request.takes, request, voice)


def described(request: Request, voice: Voice) -> str:
    """The same in bold, with what is new about it."""
    what = f"*{which(request, voice)}*"
    if change := _effect(request, voice):
        what = voice.say("what-effect", what=what, effect=change)
    return voice.say("what-image", what=what) if request.wish.image else what


def called(request: Request, voice: Voice) -> str:
    """The video by its name, else by its id."""
    return voice.say("video", video=code(request.name or request.wish.video, 64))


def verdicts(request: Request, voice: Voice) -> str:
    """A sentence or two for each way in which its sequences ended, the good news first."""
    said = []
    for states in _ENDS:
        takes = [take for take in request.takes if take.state in states]
        if takes:
            said.append(_verdict(states[0], takes, request, voice))
    first, *others = said
    return " ".join([first, *(other[0].upper() + other[1:] for other in others)])


def facts(request: Request, voice: Voice) -> str:
    """The small print: credits and time."""
    used = [take.credits_used for take in request.takes if take.credits_used is not None]
    said = []
    if used:
        said.append(voice.say("fact-used", credits=round(sum(used), 2)))
    if voice.balance and request.credits_left is not None:
        said.append(voice.say("fact-left", credits=round(request.credits_left, 2)))
    if request.ended_at is not None:
        duration = voice.duration(request.ended_at - request.asked.at)
        said.append(voice.say("fact-took", duration=duration))
    return " · ".join(said)


def stage(progress: Progress, voice: Voice) -> str:
    """What IACrea is doing."""
    match progress.stage:
        case Stage.ANIMATING if progress.of:
            return voice.say("stage-animating-some", done=progress.done, of=progress.of)
        case Stage.RENDERING:
            return voice.say("stage-rendering", share=progress.rendered)
        case Stage.UNKNOWN:
            return voice.say("stage-unknown", status=code(progress.status, 60))
        case plain:
            return voice.say(f"stage-{plain}")


def timing(request: Request, usual: float | None, now: float, voice: Voice) -> str:
    """Since when, and until when by what earlier ones took (`usual`, seconds).

    Slack itself keeps the elapsed time current, so no edit is spent on it.
    """
    said = [voice.say("progress-since", ago=moment(request.asked.at, "{ago}"))]
    if usual is not None and not request.wish.watch:
        until = request.asked.at + usual
        if until > now:
            said.append(voice.say("progress-until", time=moment(until, "{time}")))
        else:
            said.append(voice.say("progress-longer"))
    return " · ".join(said)


def _verdict(state: TakeState, takes: Sequence[Take], request: Request, voice: Voice) -> str:
    what, count = _named(takes, request, voice), len(takes)
    why = sentence(request.problem, voice) if request.problem else ""
    match state:
        case TakeState.DONE:
            effect = _effect(request, voice)
            key = "verdict-done-effect" if effect else "verdict-done"
            return voice.say(key, what=what, count=count, effect=effect)
        case TakeState.FAILED:
            refused = any(take.state is TakeState.REFUSED for take in request.takes)
            advice = voice.say("verdict-failed-advice") if refused or not why else why
            return voice.say("verdict-failed", what=what, why=advice)
        case TakeState.STOPPED:
            key = "verdict-stopped" if request.stopped_by else "verdict-stopped-operator"
            return voice.say(key, what=what, by=f"<@{request.stopped_by}>")
        case TakeState.EXPIRED:
            return voice.say("verdict-expired", what=what, count=count)
        case TakeState.NOT_STARTED:
            return voice.say("verdict-unclear", what=what, count=count)
        case _:
            return voice.say("verdict-refused", what=what, count=count, why=why).rstrip()


def _named(takes: Sequence[Take], request: Request, voice: Voice) -> str:
    return voice.takes(takes, request.sequences)


def _effect(request: Request, voice: Voice) -> str:
    wanted = request.wish.effect
    if wanted is None:
        return ""
    before = {take.effect for take in request.takes}
    old = before.pop() if len(before) == 1 else None
    if old and old != wanted:
        return voice.say("effect-instead", new=f"*{voice.effect(wanted)}*", old=voice.effect(old))
    return f"*{voice.effect(wanted)}*"
