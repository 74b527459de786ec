"""Runs the commands of `regen-bot`, and decides how each ends: its exit code, its last words."""

import argparse
import asyncio
import contextlib
import json
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from bot import logs
from bot.cli.arguments import parser
from bot.config import Config, ConfigError, read_environment
from bot.process import garbage, signals
from bot.process.line_writer import STDERR, stderr
from bot.process.output import CommandOutput, UnwritableError

STOPPED = 0
FAILED = 1
MISCONFIGURED = 2
LAST_WORDS = 1.0
"""Seconds that the reader of the log gets to take its last lines."""

log = logging.getLogger(__name__)

Stop = asyncio.Event
T = TypeVar("T")


class DemoServer(Protocol):
    """Serves the demo."""

    async def __call__(self, stop: Stop, *, port: int, browser: bool) -> None:
        """Serves it until `stop` is set; raises CommandFailedError if it cannot."""


class CommandFailedError(Exception):
    """A command cannot do what it was asked for; the text says why, and what to do."""


def execute(demo: DemoServer) -> int:
    """Runs the command that was typed, and returns its exit code.

    Args:
        demo: serves `regen-bot demo`.
    """
    _hold_descriptors()
    try:
        code: int | None = _run_typed(demo)
    except SystemExit as shown:  # the parser has shown the help, or what was typed wrong
        code = int(shown.code or STOPPED)
    except asyncio.CancelledError:  # a signal came first
        code = None
    stderr().finish(LAST_WORDS)
    garbage.leave()
    return signals.die() if code is None else code


def _hold_descriptors() -> None:
    """Keeps files and sockets from getting the number of a closed standard stream.

    Started with `2>&-`, the bot would otherwise write its log into whatever it opens next.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= STDERR:
        pass
    os.close(descriptor)


def _run_typed(demo: DemoServer) -> int:
    try:
        asked = parser().parse_args()
        if asked.command == "demo":
            return _demo(asked, demo)
        return _COMMANDS[asked.command or "run"](asked)
    except ConfigError as error:
        stderr().say(str(error))
        stderr().say(
            "See .env.example for every setting, and `regen-bot doctor` for how to mend them."
        )
        return MISCONFIGURED
    except Exception as error:  # noqa: BLE001 - a bug of ours ends in a sentence too
        if isinstance(error, _expected()):
            return _failed(str(error))
        _say_where(error)
        kind = type(error).__name__
        return _failed(f"stopped by an unexpected {kind}; LOG_LEVEL=DEBUG says where")


def _say_where(error: Exception) -> None:
    """Logs an error with its traceback, if `LOG_LEVEL` is DEBUG."""
    with contextlib.suppress(Exception):  # it may be the settings that cannot be read
        config, _ = Config.examine(read_environment(Path()))
        # Anew, since commands of operators log less than the settings say, and some not at all.
        logs.configure(config.log_level, config.log_format, config.secrets)
        log.debug("unexpected", exc_info=error)


def _run(_: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.app import run

    config = _config()
    logs.configure(config.log_level, config.log_format, config.secrets)
    return _until_stopped(partial(run, config))


def _demo(asked: argparse.Namespace, demo: DemoServer) -> int:
    return _until_stopped(partial(demo, port=asked.port, browser=not asked.no_browser))


def _doctor(asked: argparse.Namespace) -> int:
    with garbage.importing():
        from bot import doctor

    # The settings are what it examines, so that none of them can say how to log.
    logs.configure("ERROR", "text", ())
    healthy = _answered(doctor.report(Path(), CommandOutput(), as_json=asked.json))
    return STOPPED if healthy else FAILED


def _manifest(asked: argparse.Namespace) -> int:
    from bot import manifest

    # Whoever makes the app has no tokens yet: only what is printed has to be right.
    config, problems = Config.examine(read_environment(Path()))
    wrong = tuple(each for each in problems if each.variable == "SLACK_COMMAND")
    if wrong:
        raise ConfigError(wrong)
    try:
        fitted = manifest.fitted(manifest.read(), command=config.slack_command, url=asked.url)
    except manifest.ManifestMissingError as error:
        return _failed(str(error))
    told = manifest.link(fitted) if asked.link else json.dumps(fitted, indent=2)
    return _print(told)


def _list(asked: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.operate import list_requests

    return _operate(partial(list_requests, ended=asked.ended, as_json=asked.json))


def _show(asked: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.operate import show

    return _operate(partial(show, request_id=asked.request, as_json=asked.json))


def _cancel(asked: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.operate import cancel

    return _operate(partial(cancel, request_id=asked.request))


def _forget(asked: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.operate import forget

    return _operate(partial(forget, user_id=asked.user, dry=asked.dry_run))


def _export(asked: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.operate import export

    return _operate(partial(export, wanted=asked.month))


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "doctor": _doctor,
    "manifest": _manifest,
    "list": _list,
    "show": _show,
    "cancel": _cancel,
    "forget": _forget,
    "export": _export,
}


def _config() -> Config:
    return Config.from_env(read_environment(Path()))


def _operate(work: Callable[[Config], Coroutine[None, None, str]]) -> int:
    """Prints what an operator asked for, and logs only warnings."""
    config = _config()
    logs.configure("WARNING", config.log_format, config.secrets)
    return _print(_answered(work(config)))


def _answered(work: Coroutine[None, None, T]) -> T:
    """Returns the result of `work`; a signal cancels it, so that it closes what it has opened."""

    async def cancellable() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine that runs belongs to one
        # A handler may run while the loop waits for sockets, and `call_soon` would not wake it.
        with signals.OnFirstSignal(partial(loop.call_soon_threadsafe, task.cancel)):
            return await work

    return asyncio.run(cancellable())


def _until_stopped(work: Callable[[Stop], Awaitable[None]]) -> int:
    """Runs `work` until it ends, or until a signal or a closed terminal asks it to stop."""

    async def stoppable() -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        with signals.OnFirstSignal(partial(loop.call_soon_threadsafe, stop.set)):
            await work(stop)

    asyncio.run(stoppable())
    return STOPPED


def _expected() -> tuple[type[Exception], ...]:
    """Returns the errors that may end a command, whose texts say what to do."""
    # Loaded once something went wrong: most commands need none of these.
    from bot.operate import OperateError
    from bot.slack.connection.installation import SlackFatalError
    from bot.store.embedded import EmbeddedValkeyError
    from bot.web.server import PortTakenError

    return (
        SlackFatalError,
        EmbeddedValkeyError,
        PortTakenError,
        CommandFailedError,
        OperateError,
        UnwritableError,
    )


def _print(text: str) -> int:
    CommandOutput().write(f"{text}\n")
    return STOPPED


def _failed(text: str) -> int:
    stderr().say(f"regen-bot: {logs.visible(text)}")
    return FAILED
