"""The Redis of the bot that is configured here, for one look."""

import contextlib
from collections.abc import AsyncIterator

from bot.app.stores import open_stores
from bot.config import Config
from bot.operate.errors import OperateError
from bot.store.embedded import EmbeddedValkeyError
from bot.store.errors import StoreAwayError
from bot.store.stores import Stores


@contextlib.asynccontextmanager
async def stores_of(config: Config) -> AsyncIterator[Stores]:
    """Opens the stores; an embedded Valkey is that of the bot which runs here, if one does.

    Raises:
        OperateError: Redis does not answer.
    """
    try:
        async with contextlib.AsyncExitStack() as stack:
            yield await open_stores(config, stack, attach=True)
    except (StoreAwayError, EmbeddedValkeyError) as error:
        raise OperateError(f"{error}; `regen-bot doctor` says more") from error
