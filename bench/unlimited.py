"""The bot as a user starts it, in a workspace whose limits are out of reach.

Slack lets a workspace post a few messages a second. A bot that keeps to that shows what Slack
takes, and not what the bot could do.
"""

import sys

from bot.__main__ import main
from bot.domain.budget import Limit
from bot.slack.connection import limits

_OUT_OF_REACH = Limit(per_minute=1e6, burst=100_000)


def lift() -> None:
    """Lifts what the bot allows itself of Slack's limits."""
    vars(limits).update(
        _IN_A_CHANNEL=_OUT_OF_REACH,
        _IN_THE_WORKSPACE=_OUT_OF_REACH,
        _LIMITS=dict.fromkeys(limits._LIMITS, _OUT_OF_REACH),  # noqa: SLF001 - nobody else may set it
    )


if __name__ == "__main__":
    lift()
    sys.exit(main())
