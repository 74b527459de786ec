"""Everything that is kept in Redis, opened."""

import contextlib
from dataclasses import dataclass

from bot.config import Config
from bot.store.attached import attached
from bot.store.boards import SharedStoryboards
from bot.store.budget import Budget
from bot.store.channels import Channels
from bot.store.choices import Choices
from bot.store.client import connect
from bot.store.embedded import EmbeddedValkey
from bot.store.forgetting import Forgetting
from bot.store.homes import Homes
from bot.store.learned import Learned
from bot.store.ledger import Ledger
from bot.store.overview import Overview
from bot.store.requests import Requests
from bot.store.videos import Videos


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that is kept in Redis."""

    requests: Requests
    videos: Videos
    learned: Learned
    ledger: Ledger
    boards: SharedStoryboards
    budget: Budget
    channels: Channels
    homes: Homes
    choices: Choices
    overview: Overview
    forgetting: Forgetting


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
        valkey = attached if attach else EmbeddedValkey
        url = await stack.enter_async_context(valkey(config.bot_data_dir))
    redis, prefix = connect(url), config.redis_prefix
    stack.push_async_callback(redis.aclose)
    return Stores(
        requests=Requests(
            redis,
            prefix=prefix,
            poll_interval=config.poll_interval,
            max_per_hour=config.max_regens_per_hour,
        ),
        videos=Videos(redis, prefix),
        learned=Learned(redis, prefix),
        ledger=Ledger(redis, prefix),
        boards=SharedStoryboards(redis, prefix),
        budget=Budget(redis, prefix),
        channels=Channels(redis, prefix),
        homes=Homes(redis, prefix),
        choices=Choices(redis, prefix),
        overview=Overview(redis, prefix),
        forgetting=Forgetting(redis, prefix),
    )
