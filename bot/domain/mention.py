"""Reads what is said to the bot in a message: wholly a command, or prose, which starts nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.command import (
    FAILED,
    LEFT_OUT,
    MOST_SEQUENCES,
    Command,
    Regenerate,
    VideoRef,
    Word,
)
from bot.domain.effects import Effects
from bot.domain.errors import BadImage, CommandError, TooManySequences, UnknownEffect
from bot.domain.parsing import (
    MOST_CHARACTERS,
    begins_with_sequences,
    parse,
    sequences,
    video_ref,
)
from bot.domain.request import Selection
from bot.domain.rooms import is_known
from bot.domain.tidying import tidied

_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""Source: docs.slack.dev/messaging/formatting-message-text, «Escaping text»."""
_FENCE, _TICK = "```", "`"
_LINK = re.compile(r"<[^<>]*>|\S*://\S*")
_OTHERS = re.compile(r"<[@#!]")
"""Begins a person, a channel, or everybody."""
_SET_APART = re.compile(r"(?:&gt;|[•◦▪]|[-*]\s|\d{1,3}[.)]\s)")
"""Begins a quotation, or an entry of a list."""
_POLITE = " \t.,;:!…"
"""Ends a sentence, and no command; what ends a link is not taken off."""
_MOST_GUESSED = 60
"""Words of a sentence in which a command is looked for."""
_MOST_EFFECT = 4
"""Words of an effect's name."""
_AROUND = ".,;:!?…()[]\"'«»“”\u2018\u2019`*_~"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a sentence could mean, were it a command; none of it starts anything.

    Attributes:
        selection: by position, or what failed; empty where no sequence is spoken of.
        effect: an API name.
        again: the same once more.
    """

    selection: Selection = field(default_factory=Selection)
    effect: str | None = None
    again: bool = False

    @property
    def typed(self) -> str | None:
        """The command that says so, without its video; None where nothing is understood."""
        if self.again:
            return Word.AGAIN.value
        chosen = FAILED if self.selection.failed else ",".join(map(str, self.selection.positions))
        return chosen or None


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A command with a mistake in it.

    Attributes:
        video: as it was typed, or left out.
    """

    error: CommandError
    video: VideoRef


def read(text: str, bot: str, effects: Effects, *, direct: bool) -> Command | Mistyped | None:
    """Returns what is wanted, or what is mistyped in it; None for prose, which starts nothing.

    Args:
        text: the message, as Slack sends it.
        bot: the bot's own id.
        effects: those that may be named.
        direct: it was said in the bot's direct messages, where nobody has to mention it.
    """
    words = _whole(text, bot, direct=direct)
    if words is None:
        return None
    try:
        command = parse(words, effects, in_thread=True)
    except CommandError as error:
        return _mistyped(error, words)
    return None if _by_plain_word(command) else command


def _mistyped(error: CommandError, words: str) -> Mistyped | None:
    """Returns the mistake, where all but that is a command; None for prose."""
    match error:
        case UnknownEffect(nearest=str()) | TooManySequences():
            pass
        case BadImage(typed=link) if "//" in link:  # and no emoji, which Slack sends as `:tada:`
            pass
        case _:
            return None
    first, *rest = (each.strip("<>") for each in tidied(words).split())
    if begins_with_sequences(first):
        return Mistyped(error, LEFT_OUT)
    sequences_named = bool(rest) and (begins_with_sequences(rest[0]) or _has_digit(rest[0]))
    return Mistyped(error, video_ref(first)) if sequences_named else None


def plain_name(command: Command | Mistyped) -> str | None:
    """Returns the name by which a video is meant, where it may be any word of a sentence.

    An id has a digit, and a link is a link; a plain word is a video only where one is called that.
    """
    video = getattr(command, "video", None)
    if video is None or video.name is None or (video.id is not None and _has_digit(video.id)):
        return None
    return str(video.name)


def guess(text: str, effects: Effects) -> Guess:
    """Returns what a sentence could mean."""
    words = list(_words(text))
    if any(each.casefold() == FAILED for each in words):
        selection = Selection(failed=True)
    else:
        selection = _positions([each for each in words if each[0].isdigit()])
    effect = effects.called(_runs(words))
    again = any(each.casefold() == Word.AGAIN for each in words)
    return Guess(selection, effect, again and selection == Selection() and effect is None)


def _whole(text: str, bot: str, *, direct: bool) -> str | None:
    """Returns the words besides the mention, where they may be a command; None for prose."""
    if len(text) > MOST_CHARACTERS:
        return None
    rest = _without_mention(text.strip(), bot, direct=direct)
    # What is said to others as well, or asks something, is no command: guessing would cost credits.
    if rest is None or _OTHERS.search(rest) or "?" in _LINK.sub("", rest):
        return None
    rest = _bare(rest)
    if "\n" in rest or _FENCE in rest or _SET_APART.match(rest):
        return None
    return _unescaped(_polished(rest))


def _without_mention(text: str, bot: str, *, direct: bool) -> str | None:
    """Takes the mention off, at the start or at the end; None where it is not there, or twice."""
    mention = re.compile(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>[,:]?")
    found = list(mention.finditer(text))
    if not found:
        return text if direct else None
    if len(found) > 1 or (found[0].start() > 0 and found[0].end() < len(text)):
        return None
    return mention.sub("", text).strip()


def _bare(words: str) -> str:
    """Takes off the code block, or the backticks, in which all of it stands, as help shows it."""
    for sign in (_FENCE, _TICK):
        inside = words[len(sign) : -len(sign)]
        if words.startswith(sign) and words.endswith(sign) and inside and _TICK not in inside:
            return inside.strip()
    return words


def _polished(words: str) -> str:
    """Takes off what only ends a sentence, but for what ends a link."""
    last = words.rpartition(" ")[2]
    return words if "://" in last and "<" not in last else words.rstrip(_POLITE)


def _unescaped(words: str) -> str:
    for escaped, sign in _ESCAPED:
        words = words.replace(escaped, sign)
    return words


def _by_plain_word(command: Command) -> bool:
    """Returns whether a sequence is named by a word that is neither an id nor a room's name.

    An id has a digit. Names given by hand may be any words, so that they are prose here.
    """
    chosen = command.selection.ids if isinstance(command, Regenerate) else ()
    return not all((_has_digit(each) and " " not in each) or is_known(each) for each in chosen)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _words(text: str) -> Iterator[str]:
    """Yields the first words of a text without the marks around them; links are none."""
    shown = _unescaped(_LINK.sub(" ", text[:MOST_CHARACTERS]))
    bare = (each.strip(_AROUND) for each in shown.split()[:_MOST_GUESSED])
    return (each for each in bare if each)


def _positions(numbers: list[str]) -> Selection:
    """Returns those of the numbers that may be positions, each by itself."""
    found: dict[int, None] = {}
    for each in numbers:
        try:
            found.update(dict.fromkeys(sequences(each).positions))
        except CommandError:
            continue
    return Selection(positions=tuple(found)) if 0 < len(found) <= MOST_SEQUENCES else Selection()


def _runs(words: list[str]) -> Iterator[str]:
    """Yields every few words beside each other, the most of them first."""
    for length in range(_MOST_EFFECT, 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
