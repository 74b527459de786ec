"""What the demo says in the terminal: where its page is, and what happens there, a line each."""

import asyncio
import os
import re
import sys
import time
from typing import Protocol

from sandbox.demo.bot_process import BotProcess
from sandbox.slack import Change, ChangeKind, Message, Workspace

_POSTED = {ChangeKind.MESSAGE_POSTED, ChangeKind.EPHEMERAL_POSTED}
_MARKUP = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_LAST_WORDS = 1.0
"""Seconds for whoever reads to take what is left."""
_BOLD = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")


class Lines(Protocol):
    """Takes lines for somebody to read, and does not wait until they are read."""

    def say(self, line: str) -> None:
        """Writes a line, or several."""

    def finish(self, within: float) -> None:
        """Waits for what is not written yet, `within` seconds at most."""


class Terminal:
    """Prints lines, for as long as somebody takes them; waits for nobody."""

    def __init__(self, out: Lines) -> None:
        """Prints to `out`."""
        self._out = out

    def greet(self, address: str) -> None:
        """Says where the page is."""
        self._out.say(
            "regen-bot demo: the real bot on a simulated Slack and a simulated IACrea\n"
            f"\n  {address}\n\nCtrl-C ends it and leaves nothing behind.\n"
        )

    def tell(self, bot: BotProcess) -> None:
        """Says that a process of the bot came or went."""
        if bot.pid is not None:
            self._event(f"the bot starts, process {bot.pid}")
        else:
            self._event("the bot is dead" + (f"; it said\n{bot.said}" if bot.said else ""))

    def follow(self, workspace: Workspace) -> None:
        """Tells each message that is posted there from now on."""

        def told(change: Change) -> None:
            if change.kind in _POSTED and isinstance(change.subject, Message):
                self._event(_line(change.subject, workspace))

        workspace.subscribe(told)

    def farewell(self) -> None:
        """Says that all is over."""
        self._out.say("\nStopped.")
        self._out.finish(_LAST_WORDS)

    def _event(self, words: str) -> None:
        self._out.say(f"{time.strftime('%H:%M:%S')}  {words}")


def _line(message: Message, workspace: Workspace) -> str:
    channel = workspace.channel(message.channel).name
    author = workspace.user(message.user).real_name
    place = "↳ " if message.is_reply else ""
    private = " (in private)" if message.visible_to else ""
    return f"#{channel}  {place}{author}{private}: {_plain(message.text, workspace)}"


def _plain(text: str, workspace: Workspace) -> str:
    """Returns the text of a message as plain words, on one line."""
    people = {f"@{user.id}": f"@{user.name}" for user in workspace.users()}
    named = _MARKUP.sub(lambda found: people.get(found[1], found[2] or found[1]), text)
    line = " ".join(_BOLD.sub(r"\1", named).split())
    return line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


async def open_browser(address: str) -> None:
    """Shows the page in the person's own browser, where there is a screen to show it on."""
    screen = sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)
    if screen:  # without one, Python would take the terminal for a text browser
        await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "webbrowser", "-t", address),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
