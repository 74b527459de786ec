"""`regen-bot demo`: the real bot on a simulated Slack and a simulated IACrea, in the terminal.

`script` is the play and `stage` takes its steps; `theatre` sets up what they need, the bot as a
`bot_process` among it; `ledger` holds what came of it against the promise. `mrkdwn`, `view` and
`styled` turn messages into lines and are pure; `screen` prints them.
"""

import asyncio

from bot.demo.errors import DemoError

__all__ = ["DemoError", "play"]


async def play(stop: asyncio.Event) -> None:
    """Plays the demo to its end, or until `stop` is set; nothing of it is left either way.

    Raises:
        DemoError: it cannot play, or the product broke its promise.
    """
    try:
        from bot.demo.theatre import perform  # noqa: PLC0415 - what it needs is an extra
    except ModuleNotFoundError as missing:
        if missing.name != "yaml":
            raise
        raise DemoError("the demo needs PyYAML: pip install 'regen-bot[demo]'") from missing
    await perform(stop)
