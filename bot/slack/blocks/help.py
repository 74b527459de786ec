"""`/regen help` and `/regen effects`."""

from bot.domain.effects import Effects, also_called, in_words
from bot.slack.blocks.message import Message, code, quoted, section

_LINES = 20
"""Effects in one section: the documented ones fit, and 20 of any length stay below 3,000."""
_MOST_SECTIONS = 40


def usage(command: str) -> Message:
    """How the command is used, by example; `command` is its name with the slash."""
    text = f"{command} regenerates a sequence of a video: type the video, then the sequence."
    lines = (
        "*I regenerate a sequence of an IACrea video, and tell you here when it is ready.*",
        f"{code(f'{command} <video> 2')}  regenerates the second sequence",
        f"{code(f'{command} <video> 2 push out')}  … with another effect",
        f"{code(f'{command} <video> 2 https://…/kitchen.jpg')}  … from another image",
        f"{code(f'{command} <video> 2,4-6')}  several sequences",
        f"{code(f'{command} <video> failed')}  all that failed",
        f"{code(f'{command} effects')}  lists the effects",
        f"{code('<video>')} is the video's id, or any link to it. Regenerating costs credits.",
    )
    return Message(text, (section("\n".join(lines)),))


def effect_list(effects: Effects, command: str) -> Message:
    """The effects in plain words; `command` is its name with the slash."""
    example = code(f"{command} <video> 2 {in_words(effects.names[0])}")
    text = f"You can add one of {len(effects.names)} effects after the sequence."
    lines = [_line(name) for name in effects.names]
    groups = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    return Message(
        text,
        (
            section(f"{text} For example: {example}"),
            *(section("\n".join(group)) for group in groups[:_MOST_SECTIONS]),
        ),
    )


def _line(name: str) -> str:
    others = also_called(name)
    also = f"  (or {', '.join(others)})" if others else ""
    return f"• *{quoted(in_words(name), 100)}*{also}"
