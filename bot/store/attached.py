"""Attaches to the embedded Valkey of a bot that runs here, or runs one for as long as needed."""

import contextlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bot.store.data_dir import SOCKET, owner_of, reachable
from bot.store.embedded import DataDirInUseError, EmbeddedValkey, EmbeddedValkeyError, url_of


@contextlib.asynccontextmanager
async def attached(data_dir: Path) -> AsyncIterator[str]:
    """Gives the URL of the Valkey of a bot that runs here, or of one that runs for this block.

    If no bot has run yet, that is an empty one elsewhere: the bot makes the directory itself, as
    the user that it runs as.

    Raises:
        EmbeddedValkeyError: the directory cannot be used, or Valkey cannot run.
    """
    async with contextlib.AsyncExitStack() as held:
        data_dir = _or_another(data_dir, held)
        try:
            url = await held.enter_async_context(EmbeddedValkey(data_dir))
        except DataDirInUseError:
            socket = reachable(data_dir, held) / SOCKET
            # The lock says that a bot runs here, and not that it is its server that answers.
            if not owner_of(data_dir).runs(socket):
                raise EmbeddedValkeyError.of_another(data_dir) from None
            url = url_of(socket)
        yield url


def _or_another(data_dir: Path, held: contextlib.AsyncExitStack) -> Path:
    data_dir = data_dir.absolute()
    if data_dir.exists():
        return data_dir
    there = next(each for each in data_dir.parents if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise EmbeddedValkeyError(
            f"{data_dir} cannot be written, as it cannot be made in {there}; "
            "make that writable, set BOT_DATA_DIR to another directory, or set REDIS_URL"
        )
    return Path(held.enter_context(tempfile.TemporaryDirectory(prefix="regen-bot-")))
