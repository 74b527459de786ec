"""Defines what may be typed after `regen-bot`."""

import argparse
from typing import Any, NoReturn
from urllib.parse import urlsplit

from bot.process.line_writer import stderr
from bot.process.output import CommandOutput

PAGE_PORT = 4000
"""The default port of the demo's page."""


class _Parser(argparse.ArgumentParser):
    """Writes help and errors as commands write, in characters that the terminal has."""

    def print_help(self, file: Any = None) -> None:
        CommandOutput().write(self.format_help())

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{self.prog}: error: {message}")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message:
            stderr().say(message)
        raise SystemExit(status)


def parser() -> argparse.ArgumentParser:
    """Returns the parser of the whole command line; `command` is None if none was typed."""
    whole = _Parser(
        prog="regen-bot", description="Regenerates sequences of IACrea videos from Slack."
    )
    commands = whole.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="run the bot (the default)")
    demo = commands.add_parser("demo", help="try it here: no account, no key, no network")
    demo.add_argument("--port", type=int, default=PAGE_PORT, help=f"of its page; {PAGE_PORT}")
    demo.add_argument("--no-browser", action="store_true", help="do not open the page")
    doctor = commands.add_parser("doctor", help="check the configuration, and say how to mend it")
    _json(doctor)
    manifest = commands.add_parser("manifest", help="print the Slack app's manifest as JSON")
    manifest.add_argument(
        "--url", type=_https, help="for HTTP mode: where Slack reaches the bot, https://…"
    )
    manifest.add_argument(
        "--link", action="store_true", help="print an address that makes the app instead"
    )
    _for_operators(commands)
    return whole


def _for_operators(commands: "argparse._SubParsersAction[_Parser]") -> None:
    listing = commands.add_parser("list", help="list the requests that are under way")
    listing.add_argument(
        "--ended", action="store_true", help="the newest 200 instead, ended ones too"
    )
    _json(listing)
    show = commands.add_parser("show", help="show all that is known of a request")
    show.add_argument("request", type=_readable, help="its id, as `list` has it")
    _json(show)
    cancel = commands.add_parser("cancel", help="end a request; its people are told")
    cancel.add_argument("request", type=_readable, help="its id, as `list` has it")
    forget = commands.add_parser("forget", help="remove a person from all that is kept")
    forget.add_argument("user", type=_readable, help="their id, such as U012ABCDEF")
    forget.add_argument("--dry-run", action="store_true", help="say what it would, and do nothing")
    export = commands.add_parser("export", help="print the ledger as CSV, with what was made")
    export.add_argument(
        "month", nargs="?", help="such as 2026-11, or all; the present one (UTC) unless given"
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="for machines")


def _readable(text: str) -> str:
    """Returns what was typed, without bytes that are no characters in the terminal's encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _https(text: str) -> str:
    """Reads a public address of the bot; Slack takes only https."""
    instead = "write https:// and a host, such as https://regen.example.com"
    try:
        url = urlsplit(text)
        whole = url.scheme == "https" and url.hostname and url.port != 0
    except ValueError:
        raise argparse.ArgumentTypeError(instead) from None
    if not whole or url.username is not None or url.query or url.fragment:
        raise argparse.ArgumentTypeError(instead)
    return text
