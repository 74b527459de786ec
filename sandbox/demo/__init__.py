"""`regen-bot demo`: the real bot on a simulated Slack and a simulated IACrea, in a browser.

`runner` starts and stops it all: the `sample_data`, the bot as a `bot_process`, its `valkey`.
The page is the simulated workspace's own (`sandbox.slack.page`). `panel` is what stands beside it,
`pictures` draws photos and clips, `promise` counts what came of it, `terminal` says it in words.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.demo.errors import DemoError

if TYPE_CHECKING:
    from sandbox.demo.terminal import Lines

__all__ = ["DemoError", "show"]


async def show(
    stop: asyncio.Event, *, manifest: Path, out: "Lines", port: int, browser: bool = True
) -> None:
    """Serves the demo until `stop` is set; nothing of it is left then.

    Args:
        stop: ends it.
        manifest: the app's manifest.yml.
        out: takes what is said in the terminal.
        port: of the page on 127.0.0.1; 0 takes any that is free.
        browser: whether to open the page.

    Raises:
        DemoError: it cannot be shown.
    """
    try:
        from sandbox.demo.runner import run  # noqa: PLC0415 - what it needs is an extra
    except ModuleNotFoundError as missing:
        if missing.name != "emoji":
            raise
        raise DemoError("the demo needs more packages: pip install 'regen-bot[demo]'") from missing
    await run(stop, manifest=manifest, out=out, port=port, browser=browser)
