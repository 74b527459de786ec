"""Puts facts into words: in one language, for one command, workspace and set of effects."""

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
"""Characters that mean something in mrkdwn."""
MOST_ROOM = 30
"""Characters of what a sequence is called; a card's title holds 150 with its effect."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Holds what every text needs to know about where it is read.

    Attributes:
        say: the words of one language.
        effects: the effects that can be chosen.
        command: the slash command's name there.
        mention: the bot, as Slack writes a mention.
        url: the workspace's own address, with a slash at its end, for links to messages.
        low_credits: credits below which a warning is due.
        balance: whether to say what is left on the account, which no outsider may read.
        follows: whether videos can be followed here.
    """

    say: Words
    effects: Effects
    command: str = "/regen"
    url: str = "https://slack.com/"
    low_credits: float = 10.0
    balance: bool = True
    mention: str = "@Regen"
    follows: bool = True

    def typed(self, arguments: str) -> str:
        """Returns the command with its arguments, as code."""
        return code(f"{self.command} {arguments}", 300)

    def said(self, words: str) -> str:
        """Returns words to the bot as they work in a thread, where Slack takes no slash command."""
        return f"{self.mention} {code(words, 300)}"

    def link(self, channel: str, message: str, thread: str | None = None) -> str:
        """Returns the link to a message, for mrkdwn; `thread` is the one that it is a reply in.

        A link without its thread opens the channel and shows no reply (docs.slack.dev,
        chat.getPermalink).
        """
        link = f"{self.url}archives/{channel}/p{message.replace('.', '')}"
        if thread is None or thread == message:
            return link
        # Escaped, since it stands in mrkdwn.
        return f"{link}?thread_ts={thread}&amp;cid={channel}"

    def effect(self, name: str) -> str:
        """Returns an effect in plain words, harmless in mrkdwn."""
        return quoted(self.say.effect(name))

    def sequences(self, positions: Sequence[int], total: int = 0) -> str:
        """Returns `sequence 2 of 5` or `sequences 2 and 3`; for very many, runs or their number."""
        count = len(positions)
        if count > MOST_SEQUENCES:
            parts = runs(positions)
            if sum(map(len, parts)) > _MOST_LISTED:
                return self.say("sequences-many", count=count, total=total)
            # Runs are typed with a hyphen but read with a dash.
            listed = self.say.listed(part.replace("-", "–") for part in parts)
        else:
            listed = self.say.listed([str(each) for each in positions])
        if total:
            return self.say("sequences-of", count=count, list=listed, total=total)
        return self.say("sequences", count=count, list=listed)

    def room(self, name: str) -> str:
        """Returns what a sequence is called: short, and the same in mrkdwn and in plain text.

        Returns an empty text if nothing of it can be shown.
        """
        shown = self.say.room(name[:_MOST_LISTED]).translate(_MARKS)
        return line(shown, MOST_ROOM) if any(map(str.isalnum, shown)) else ""

    def sequence(self, position: int, room: str | None, total: int = 0) -> str:
        """Returns `sequence 2 · Kitchen`, or `sequence 2 of 5` without a room."""
        if not room or not self.room(room):
            return self.sequences([position], total)
        return self.say("sequences", count=1, list=self.numbered(position, room))

    def numbered(self, position: int, room: str | None) -> str:
        """Returns `2 · Kitchen`, or `2` without a room."""
        shown = self.room(room) if room else ""
        if not shown:
            return str(position)
        return self.say("sequence-room", position=position, room=shown)

    def generations(self, generations: Sequence[Generation], total: int = 0) -> str:
        """Names a request's sequences, by their ids if no position is known."""
        if all(each.position for each in generations):
            listed = [self.numbered(each.position, each.room) for each in generations]
            if any(each.room for each in generations) and sum(map(len, listed)) <= _MOST_LISTED:
                return self.say("sequences", count=len(listed), list=self.say.listed(listed))
            return self.sequences([each.position for each in generations], total)
        ids = self.say.listed(code(each.sequence, 64) for each in generations[:_MOST_IDS])
        return self.say("sequences", count=len(generations), list=ids)

    def duration(self, seconds: float) -> str:
        """Returns `40 s`, `3 min` or `3 min 20 s`."""
        minutes, rest = divmod(max(1, round(seconds)), _SECONDS_A_MINUTE)
        if not minutes:
            return self.say("duration-seconds", seconds=rest)
        if not rest:
            return self.say("duration-minutes", minutes=minutes)
        return self.say("duration-both", minutes=minutes, seconds=rest)
