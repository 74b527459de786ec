"""Says of a request which sequences and effect it is about, how each ended, and what it cost."""

from collections.abc import Sequence

from bot.domain.line import began
from bot.domain.progress import Progress, Stage
from bot.domain.request import Generation, GenerationState, Outcome, Request
from bot.slack.blocks.message import code, formatted_date
from bot.slack.blocks.picture_words import pixels
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.texts import Texts

# Neither was started: IACrea refused it, or the request ended before it was sent.
_ENDS = (
    (GenerationState.DONE,),
    (GenerationState.REFUSED, GenerationState.WAITING),
    (GenerationState.NOT_STARTED,),
    (GenerationState.FAILED,),
    (GenerationState.EXPIRED,),
    (GenerationState.STOPPED,),
)
ICONS = {
    Outcome.DONE: "✅",
    Outcome.FAILED: "⚠️",
    Outcome.EXPIRED: "⌛",
    Outcome.STOPPED: "⏹️",
    Outcome.UNCLEAR: "❔",
    Outcome.REJECTED: "🚫",
}


def which_sequences(request: Request, texts: Texts) -> str:
    """Returns `sequence 2 of 5`."""
    return _named(request.generations, request, texts)


def described(request: Request, texts: Texts) -> str:
    """Names the sequences in bold, with the effect or image that is new."""
    what = f"*{which_sequences(request, texts)}*"
    if change := _effect(request, texts):
        what = texts.say("what-effect", what=what, effect=change)
    if not request.order.image:
        return what
    size = request.order.pixels
    if size is None:
        return texts.say("what-image", what=what)
    return texts.say("what-image-size", what=what, size=pixels(size))


def called(request: Request, texts: Texts) -> str:
    """Returns the video by its name, or by its id if it has none."""
    return texts.say("video", video=code(request.name or request.order.video, 64))


def verdicts(request: Request, texts: Texts) -> str:
    """Says a sentence or two for each way in which its sequences ended, the good news first."""
    said = []
    for states in _ENDS:
        generations = [each for each in request.generations if each.state in states]
        if generations:
            said.append(_verdict(states[0], generations, request, texts))
    first, *others = said  # the first one goes on behind the person's name and a comma
    return " ".join([first, *(other[0].upper() + other[1:] for other in others)])


def small_print(request: Request, texts: Texts) -> str:
    """Returns the small print: credits and time."""
    used = [each.credits_used for each in request.generations if each.credits_used is not None]
    said = []
    if used:
        said.append(texts.say("fact-used", credits=round(sum(used), 2)))
    if texts.balance and request.credits_left is not None:
        said.append(texts.say("fact-left", credits=round(request.credits_left, 2)))
    if request.ended_at is not None:
        duration = texts.duration(request.ended_at - began(request))
        said.append(texts.say("fact-took", duration=duration))
    return " · ".join(said)


def stage(progress: Progress, texts: Texts) -> str:
    """Says what IACrea is doing."""
    match progress.stage:
        case Stage.ANIMATING if progress.of:
            return texts.say("stage-animating-some", done=progress.done, of=progress.of)
        case Stage.RENDERING:
            return texts.say("stage-rendering", share=progress.rendered)
        case Stage.UNKNOWN:
            return texts.say("stage-unknown", status=code(progress.status, 60))
        case plain:
            return texts.say(f"stage-{plain}")


def waiting_for(request: Request, progress: Progress | None, texts: Texts) -> str:
    """Says which render it waits for, how far that is, and how many go first."""
    if progress is not None and progress.stage is Stage.SILENT:
        return texts.say("stage-silent")
    video = code(request.name or request.order.video, 64)
    if progress is not None and progress.stage is Stage.RENDERING:
        words = texts.say("in-line-share", video=video, share=progress.rendered)
    else:
        words = texts.say("in-line", video=video)
    if progress is None or not progress.ahead:
        return words
    return texts.say("in-line-behind", words=words, count=progress.ahead)


def timing(request: Request, usual: float | None, now: float, texts: Texts) -> str:
    """Says since when it runs, and until when if it takes as long as others (`usual`, seconds).

    Slack itself keeps the elapsed time current, so no edit is spent on it.
    """
    since = began(request)
    said = [texts.say("progress-since", ago=formatted_date(since, "{ago}"))]
    # Nobody knows how long a render had run before somebody began to watch it.
    if usual is not None and not request.order.watch:
        until = since + usual
        if until > now:
            said.append(texts.say("progress-until", time=formatted_date(until, "{time}")))
        else:
            said.append(texts.say("progress-longer"))
    return " · ".join(said)


def _verdict(
    state: GenerationState, generations: Sequence[Generation], request: Request, texts: Texts
) -> str:
    what, count = _named(generations, request, texts), len(generations)
    why = sentence(request.problem, texts) if request.problem else ""
    match state:
        case GenerationState.DONE:
            effect = _effect(request, texts)
            key = "verdict-done-effect" if effect else "verdict-done"
            return texts.say(key, what=what, count=count, effect=effect)
        case GenerationState.FAILED:
            # The request's problem says why some were refused, not why these failed.
            refused = any(each.state is GenerationState.REFUSED for each in request.generations)
            advice = texts.say("verdict-failed-advice") if refused or not why else why
            return texts.say("verdict-failed", what=what, why=advice)
        case GenerationState.STOPPED:
            key = "verdict-stopped" if request.stopped_by else "verdict-stopped-operator"
            return texts.say(key, what=what, by=f"<@{request.stopped_by}>")
        case GenerationState.EXPIRED:
            return texts.say("verdict-expired", what=what, count=count)
        case GenerationState.NOT_STARTED:
            return texts.say("verdict-unclear", what=what, count=count)
        case _:
            return texts.say("verdict-refused", what=what, count=count, why=why).rstrip()


def _named(generations: Sequence[Generation], request: Request, texts: Texts) -> str:
    return texts.generations(generations, request.sequences)


def _effect(request: Request, texts: Texts) -> str:
    wanted = request.order.effect
    if wanted is None:
        return ""
    before = {each.effect for each in request.generations}
    old = before.pop() if len(before) == 1 else None
    if old and old != wanted:
        return texts.say("effect-instead", new=f"*{texts.effect(wanted)}*", old=texts.effect(old))
    return f"*{texts.effect(wanted)}*"
