"""What the demo says in the terminal: each message as a line, whoever reads it."""

import re
import tempfile

from bot.process.line_writer import LineWriter
from sandbox.demo.terminal import Terminal
from sandbox.slack import Workspace
from sandbox.slack.records import Content
from sandbox.slack.workspace import Place


def said(*texts: str, private: bool = False, reply: bool = False) -> list[str]:
    """The lines for these messages of the bot in #listings, without their time."""
    workspace = Workspace("Regen", lambda: 1_800_000_000.0)
    anna = workspace.add_user("anna")
    listings = workspace.add_channel("listings", bot_member=True)
    root = workspace.say(anna, listings, "root")
    with tempfile.TemporaryFile("r+", encoding="utf-8") as out:
        writer = LineWriter(out.fileno(), "utf-8")
        Terminal(writer).follow(workspace)
        place = Place(
            workspace.bot.id,
            thread_ts=root.ts if reply else None,
            visible_to=anna.id if private else None,
        )
        for text in texts:
            workspace.post(listings, Content(text.replace("ANNA", anna.id)), place)
        writer.finish(5)
        out.seek(0)
        return [re.sub(r"^\d\d:\d\d:\d\d  ", "", line) for line in out.read().splitlines()]


def test_markup_becomes_plain_words_on_one_line() -> None:
    assert said("<@ANNA> *sees*\n<https://a.example|the film> &lt;3 <https://b.example>") == [
        "#listings  Regen: @anna sees the film <3 https://b.example"
    ]


def test_replies_and_private_answers_are_told_apart() -> None:
    assert said("x", reply=True) == ["#listings  ↳ Regen: x"]
    assert said("x", private=True) == ["#listings  Regen (in private): x"]
