"""The program `regen-bot`: listens for the signals that end it, then loads what was asked for."""

import sys
from typing import TYPE_CHECKING

from bot.process import signals

if TYPE_CHECKING:
    import asyncio


def main() -> int:
    """Runs the command that was typed, and returns its exit code."""
    signals.install()
    # Loaded only now: a Ctrl-C while this loads would otherwise end in a traceback.
    from bot.cli.commands import execute

    return execute(show_demo)


async def show_demo(stop: "asyncio.Event", *, port: int, browser: bool) -> None:
    """Serves the demo until `stop` is set. Nothing else of the bot knows the sandbox.

    Raises:
        CommandFailedError: it cannot be shown.
    """
    # Here and not above, so that a bot that runs loads no simulator.
    from bot.cli.commands import CommandFailedError
    from bot.manifest import ManifestMissingError, path
    from bot.process.line_writer import stdout
    from sandbox.demo import DemoError, show

    try:
        await show(stop, manifest=path(), out=stdout(), port=port, browser=browser)
    except (DemoError, ManifestMissingError) as error:
        raise CommandFailedError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
