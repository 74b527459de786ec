"""Builds the answers to `/regen help` and `/regen effects`."""

from collections.abc import Iterable, Iterator

from bot.domain.command import Word
from bot.slack.blocks.message import Message, code, quoted, section
from bot.slack.blocks.texts import Texts

_LINES = 20
"""Effects in one section: the documented ones fit, and 20 of any length stay below 3,000."""
_EACH_LINE = 5
_ROOM = 11_000
"""Characters of all sections together. Slack refuses a message as `msg_blocks_too_long` from about
13,200 in all, of which each block costs some more than its text (slackapi/bolt-js#2509, #2867)."""

_EXAMPLES = (
    ("help-form", ""),
    ("help-storyboard", "<video>"),
    ("help-one", "<video> 2"),
    ("help-effect", "<video> 2 {effect}"),
    ("help-image", "<video> 2 https://…/kitchen.jpg"),
    ("help-several", "<video> 2,4-6"),
    ("help-room", "<video> {room}"),
    ("help-failed", "<video> failed"),
)


def usage(texts: Texts) -> Message:
    """Shows by examples how the command is used."""
    say, effect = texts.say, texts.say.effect(texts.effects.names[1])
    lines = (
        say("help-title"),
        say("help-thread", example=texts.said(f"2 {effect}")),
        say("help-again", example=texts.said(Word.AGAIN)),
        *(say(key, example=_example(typed, effect, texts)) for key, typed in _EXAMPLES),
        *(
            say(f"help-{word}", example=_example(typed, effect, texts))
            for word, typed in _words(texts)
        ),
        say("help-video", video=code("<video>"), last=code("last")),
    )
    return Message.of([section("\n".join(lines))], say)


def _words(texts: Texts) -> Iterator[tuple[Word, str]]:
    """Returns each word that has a line of its own in the help, with what is typed behind it."""
    elsewhere = {Word.AGAIN, Word.HELP, *([] if texts.follows else [Word.WATCH])}
    return ((word, f"{word} {word.behind}") for word in Word if word not in elsewhere)


def _example(typed: str, effect: str, texts: Texts) -> str:
    room = texts.say("room-KITCHEN").casefold()
    spelled = typed.replace("{effect}", effect).replace("{room}", room)
    return code(f"{texts.command} {spelled}".strip())


def effect_list(texts: Texts) -> Message:
    """Lists the effects in plain words."""
    say, names = texts.say, texts.effects.names
    example = texts.typed(f"<video> 2 {say.effect(names[0])}")
    intro = say("effects-intro", count=len(names))
    shown = list(_fitting((_line(name, texts) for name in names), _ROOM))
    groups = [shown[start : start + _LINES] for start in range(0, len(shown), _LINES)]
    blocks = [
        section(say("effects-example", intro=intro, example=example)),
        *(section("\n".join(group)) for group in groups),
    ]
    if len(names) > len(shown):
        blocks.append(section(say("effects-more", count=len(names) - len(shown))))
    return Message.of(blocks, say)


def _fitting(lines: Iterable[str], room: int) -> Iterator[str]:
    for line in lines:
        room -= len(line) + _EACH_LINE
        if room < 0:
            return
        yield line


def _line(name: str, texts: Texts) -> str:
    effect, also = quoted(texts.say.effect(name), 100), texts.say.also(name)
    if also:
        return texts.say("effects-line-also", effect=effect, also=", ".join(also))
    return texts.say("effects-line", effect=effect)
