"""The program `regen-bot`: its commands, its exit codes, its signals."""

import argparse
import asyncio
import json
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path

from bot import garbage, logs
from bot.arguments import parser
from bot.config import Config, ConfigError, read_environment

STOPPED = 0
FAILED = 1
MISCONFIGURED = 2

log = logging.getLogger(__name__)

Stop = asyncio.Event


def main() -> int:
    """Runs the command that was typed; the answer is the exit code."""
    asked = parser().parse_args()
    try:
        return _COMMANDS[asked.command or "run"](asked)
    except ConfigError as error:
        _say(str(error))
        _say("See .env.example for every setting, and `regen-bot doctor` for how to mend them.")
        return MISCONFIGURED


def _run(_: argparse.Namespace) -> int:
    with garbage.importing():
        from bot.app import run

    config = _config()
    logs.configure(config.log_level, config.log_format, config.secrets)
    return _until_stopped(partial(run, config))


def _demo(asked: argparse.Namespace) -> int:
    from bot.demo import show

    return _until_stopped(partial(show, port=asked.port, browser=not asked.no_browser))


def _doctor(asked: argparse.Namespace) -> int:
    from bot import doctor

    logs.configure("ERROR", "text", ())
    healthy = asyncio.run(doctor.report(Path.cwd(), sys.stdout, as_json=asked.json))
    return STOPPED if healthy else FAILED


def _manifest(asked: argparse.Namespace) -> int:
    from bot import manifest

    config, problems = Config.examine(read_environment(Path.cwd()))
    wrong = tuple(each for each in problems if each.variable == "SLACK_COMMAND")
    if wrong:
        raise ConfigError(wrong)
    try:
        fitted = manifest.fitted(manifest.read(), command=config.slack_command, url=asked.url)
    except manifest.ManifestMissingError as error:
        return _failed(str(error))
    told = manifest.link(fitted) if asked.link else json.dumps(fitted, indent=2, ensure_ascii=False)
    return _print(told)


def _list(asked: argparse.Namespace) -> int:
    from bot.operate import list_requests

    return _operate(partial(list_requests, ended=asked.ended, as_json=asked.json))


def _show(asked: argparse.Namespace) -> int:
    from bot.operate import show

    return _operate(partial(show, request_id=asked.request, as_json=asked.json))


def _cancel(asked: argparse.Namespace) -> int:
    from bot.operate import cancel

    return _operate(partial(cancel, request_id=asked.request))


def _export(asked: argparse.Namespace) -> int:
    from bot.operate import export

    return _operate(partial(export, wanted=asked.month))


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "demo": _demo,
    "doctor": _doctor,
    "manifest": _manifest,
    "list": _list,
    "show": _show,
    "cancel": _cancel,
    "export": _export,
}


def _config() -> Config:
    return Config.from_env(read_environment(Path.cwd()))


def _operate(work: Callable[[Config], Coroutine[None, None, str]]) -> int:
    """Prints what an operator asked for; the log, on stderr, holds warnings alone."""
    from bot.operate import OperateError

    config = _config()
    logs.configure("WARNING", config.log_format, config.secrets)
    try:
        return _print(asyncio.run(work(config)))
    except OperateError as error:
        return _failed(str(error))


def _until_stopped(work: Callable[[Stop], Awaitable[None]]) -> int:
    """Runs `work` until it ends, or until a signal or a closed terminal asks it to stop."""
    try:
        asyncio.run(_with_signals(work))
    except Exception as error:
        if isinstance(error, _expected()):
            return _failed(str(error))
        log.debug("unexpected", exc_info=True)
        kind = type(error).__name__
        return _failed(f"stopped by an unexpected {kind}; LOG_LEVEL=DEBUG says where")
    return STOPPED


def _expected() -> tuple[type[Exception], ...]:
    """What may end the bot or the demo, and says by itself what to do."""
    from bot.demo import DemoError
    from bot.slack.installation import SlackFatalError
    from bot.store.embedded import EmbeddedValkeyError
    from bot.tracing import TracingError
    from bot.web import PortTakenError

    return SlackFatalError, EmbeddedValkeyError, PortTakenError, DemoError, TracingError


async def _with_signals(work: Callable[[Stop], Awaitable[None]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(each, stop.set)
    await work(stop)


def _print(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return STOPPED


def _failed(text: str) -> int:
    _say(f"regen-bot: {text}")
    return FAILED


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
