"""The program `regen-bot`: listens for the signals that end it, then loads what was asked for."""

import sys

from bot import signals


def main() -> int:
    """Runs the command that was typed; the answer is the exit code."""
    signals.install()
    from bot.commands import execute

    return execute()


if __name__ == "__main__":
    sys.exit(main())
