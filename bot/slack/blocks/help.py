"""`/regen help` and `/regen effects`."""

from bot.slack.blocks.message import Message, code, quoted, section
from bot.slack.blocks.voice import Voice

_LINES = 20
"""Effects in one section: the documented ones fit, and 20 of any length stay below 3,000."""
_MOST_SECTIONS = 40

_EXAMPLES = (
    ("help-form", ""),
    ("help-storyboard", "<video>"),
    ("help-one", "<video> 2"),
    ("help-effect", "<video> 2 {effect}"),
    ("help-image", "<video> 2 https://…/kitchen.jpg"),
    ("help-several", "<video> 2,4-6"),
    ("help-failed", "<video> failed"),
    ("help-name", "name <video> lilac-street"),
    ("help-status", "status"),
    ("help-effects", "effects"),
)


def usage(voice: Voice) -> Message:
    """How the command is used, by example."""
    say, effect = voice.say, voice.say.effect(voice.effects.names[1])
    lines = (
        say("help-title"),
        *(say(key, example=_example(typed, effect, voice)) for key, typed in _EXAMPLES),
        say("help-video", video=code("<video>"), last=code("last")),
    )
    return Message(say("help-summary", command=voice.command), (section("\n".join(lines)),))


def _example(typed: str, effect: str, voice: Voice) -> str:
    return code(f"{voice.command} {typed.replace('{effect}', effect)}".strip())


def effect_list(voice: Voice) -> Message:
    """The effects in plain words."""
    say, names = voice.say, voice.effects.names
    example = voice.typed(f"<video> 2 {say.effect(names[0])}")
    intro = say("effects-intro", count=len(names))
    lines = [_line(name, voice) for name in names]
    groups = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    return Message(
        intro,
        (
            section(say("effects-example", intro=intro, example=example)),
            *(section("\n".join(group)) for group in groups[:_MOST_SECTIONS]),
        ),
    )


def _line(name: str, voice: Voice) -> str:
    effect, also = quoted(voice.say.effect(name), 100), voice.say.also(name)
    if also:
        return voice.say("effects-line-also", effect=effect, also=", ".join(also))
    return voice.say("effects-line", effect=effect)
