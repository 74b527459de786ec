"""How the bot speaks: in which language, and of which command, workspace and effects."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.command import MOST_SEQUENCES
from bot.domain.effects import Effects
from bot.domain.positions import runs
from bot.domain.request import Generation
from bot.slack.blocks.catalogue import Words
from bot.slack.blocks.message import code, line, quoted

_SECONDS_A_MINUTE = 60
_MOST_LISTED = 80
"""Characters of many positions; a dialog holds 300. Source: Block Kit, confirmation dialog."""
_MOST_IDS = 3
_MARKS = str.maketrans("<>&`*_~|", " " * 8)
"""Mean something in mrkdwn."""
MOST_ROOM = 30
"""Characters of what a sequence is called; a card's title holds 150 with its effect."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What every text needs to know of where it is read.

    Attributes:
        say: the words of one language.
        effects: the effects that can be chosen.
        command: the slash command's name there.
        mention: the bot, as Slack writes a mention.
        url: the workspace's own address, with a slash at its end, for links to messages.
        low_credits: a warning is due below this.
        balance: what is left on the account may be told; no outsider reads along.
    """

    say: Words
    effects: Effects
    command: str = "/regen"
    url: str = "https://slack.com/"
    low_credits: float = 10.0
    balance: bool = True
    mention: str = "@Regen"

    def typed(self, arguments: str) -> str:
        """The command with its arguments, as code."""
        return code(f"{self.command} {arguments}", 300)

    def said(self, words: str) -> str:
        """Words to the bot, as they work in a thread, where Slack takes no command."""
        return f"{self.mention} {code(words, 300)}"

    def link(self, channel: str, message: str, thread: str | None = None) -> str:
        """Where a message is found, as mrkdwn takes it; `thread` is the one that it is a reply in.

        Without that, Slack opens the channel and shows no reply (docs.slack.dev,
        chat.getPermalink).
        """
        link = f"{self.url}archives/{channel}/p{message.replace('.', '')}"
        if thread is None or thread == message:
            return link
        return f"{link}?thread_ts={thread}&amp;cid={channel}"

    def effect(self, name: str) -> str:
        """An effect in plain words, harmless in mrkdwn."""
        return quoted(self.say.effect(name))

    def sequences(self, positions: Sequence[int], total: int = 0) -> str:
        """`sequence 2 of 5`, `sequences 2 and 3`; very many in runs, or how many they are."""
        count = len(positions)
        if count > MOST_SEQUENCES:
            parts = runs(positions)
            if sum(map(len, parts)) > _MOST_LISTED:
                return self.say("sequences-many", count=count, total=total)
            listed = self.say.listed(part.replace("-", "–") for part in parts)
        else:
            listed = self.say.listed([str(each) for each in positions])
        if total:
            return self.say("sequences-of", count=count, list=listed, total=total)
        return self.say("sequences", count=count, list=listed)

    def room(self, name: str) -> str:
        """What a sequence is called: short, and the same in mrkdwn and in plain text.

        Empty where nothing of it can be shown.
        """
        shown = self.say.room(name[:_MOST_LISTED]).translate(_MARKS)
        return line(shown, MOST_ROOM) if any(map(str.isalnum, shown)) else ""

    def sequence(self, position: int, room: str | None, total: int = 0) -> str:
        """`sequence 2 · Kitchen`; without a room `sequence 2 of 5`."""
        if not room or not self.room(room):
            return self.sequences([position], total)
        return self.say("sequences", count=1, list=self.numbered(position, room))

    def numbered(self, position: int, room: str | None) -> str:
        """`2 · Kitchen`, or `2`."""
        shown = self.room(room) if room else ""
        if not shown:
            return str(position)
        return self.say("sequence-room", position=position, room=shown)

    def generations(self, generations: Sequence[Generation], total: int = 0) -> str:
        """The same for sequences of a request; by their ids, where no position is known."""
        if all(each.position for each in generations):
            listed = [self.numbered(each.position, each.room) for each in generations]
            if any(each.room for each in generations) and sum(map(len, listed)) <= _MOST_LISTED:
                return self.say("sequences", count=len(listed), list=self.say.listed(listed))
            return self.sequences([each.position for each in generations], total)
        ids = self.say.listed(code(each.sequence, 64) for each in generations[:_MOST_IDS])
        return self.say("sequences", count=len(generations), list=ids)

    def duration(self, seconds: float) -> str:
        """`40 s`, `3 min`, `3 min 20 s`."""
        minutes, rest = divmod(max(1, round(seconds)), _SECONDS_A_MINUTE)
        if not minutes:
            return self.say("duration-seconds", seconds=rest)
        if not rest:
            return self.say("duration-minutes", minutes=minutes)
        return self.say("duration-both", minutes=minutes, seconds=rest)
