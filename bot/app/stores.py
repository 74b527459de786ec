"""Opens everything that is kept in Redis."""

import contextlib

from bot.config import Config
from bot.store.attached import attached
from bot.store.client import connect
from bot.store.embedded import EmbeddedValkey
from bot.store.stores import Stores


async def open_stores(
    config: Config, stack: contextlib.AsyncExitStack, *, attach: bool = False
) -> Stores:
    """Connects to Redis, or starts the embedded Valkey; `stack` closes both.

    Args:
        config: says where Redis is.
        stack: closes what was opened.
        attach: an embedded Valkey may belong to another bot that runs here.

    Raises:
        EmbeddedValkeyError: Valkey cannot run.
    """
    if config.redis_url is not None:
        url = config.redis_url.reveal()
    else:
        # A bot wants the server to itself; a look may go beside a bot that runs.
        valkey = attached if attach else EmbeddedValkey
        url = await stack.enter_async_context(valkey(config.bot_data_dir))
    redis = connect(url)
    stack.push_async_callback(redis.aclose)
    return Stores.over(
        redis,
        config.redis_prefix,
        poll_interval=config.poll_interval,
        max_per_hour=config.max_regens_per_hour,
    )
