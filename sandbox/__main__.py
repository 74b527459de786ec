"""`python -m sandbox manifest.yml`: a workspace to develop any app against, in a browser."""

import sys

from sandbox import signals


def main() -> int:
    """Serves a workspace until a signal comes, and returns the exit code."""
    signals.end_at_once()
    from sandbox.command import run  # noqa: PLC0415 - takes half a second, in which signals count

    return run()


if __name__ == "__main__":
    sys.exit(main())
