"""The program `regen-bot`: its commands, its exit codes, its signals."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from bot import logs
from bot.app import run
from bot.config import Config, ConfigError, read_environment
from bot.demo import PORT, DemoError, show
from bot.slack.installation import SlackFatalError
from bot.store.embedded import EmbeddedValkeyError
from bot.web import PortTakenError

STOPPED = 0
FAILED = 1
MISCONFIGURED = 2

_EXPECTED = (SlackFatalError, EmbeddedValkeyError, PortTakenError, DemoError)

log = logging.getLogger(__name__)


def main() -> int:
    """Runs the command that was typed; the answer is the exit code."""
    parser = argparse.ArgumentParser(
        prog="regen-bot", description="Regenerates sequences of IACrea videos from Slack."
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="run the bot (the default)")
    demo = commands.add_parser("demo", help="try it here: no account, no key, no network")
    demo.add_argument("--port", type=int, default=PORT, help=f"of its page; {PORT} unless given")
    demo.add_argument("--no-browser", action="store_true", help="do not open the page")
    asked = parser.parse_args()
    if asked.command == "demo":
        return _until_stopped(partial(show, port=asked.port, browser=not asked.no_browser))
    return _run()


def _run() -> int:
    try:
        config = Config.from_env(read_environment(Path.cwd()))
    except ConfigError as error:
        _say(str(error))
        _say("See .env.example for every setting.")
        return MISCONFIGURED
    logs.configure(config.log_level, config.log_format, config.secrets)
    return _until_stopped(lambda stop: run(config, stop))


def _until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> int:
    """Runs `work` until it ends, or until a signal or a closed terminal asks it to stop."""
    try:
        asyncio.run(_with_signals(work))
    except _EXPECTED as error:
        _say(f"regen-bot: {error}")
        return FAILED
    except Exception as error:
        log.debug("unexpected", exc_info=True)
        kind = type(error).__name__
        _say(f"regen-bot: stopped by an unexpected {kind}; LOG_LEVEL=DEBUG says where")
        return FAILED
    return STOPPED


async def _with_signals(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(each, stop.set)
    await work(stop)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
