"""Connects to Redis, and has one error for a Redis that is away."""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from bot import metrics
from bot.domain.errors import UserError
from bot.store.connections import pool
from bot.store.errors import StoreAwayError, StoreError
from bot.store.refusals import refusal, unreached

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

ANSWER_LIMIT = 5.0
"""Seconds for one method, with its wait for a connection. No command that we use blocks."""
CONNECT_LIMIT = 2.0
"""Seconds to connect."""
CONNECTIONS = 32
"""Connections at most. Commands are short, so a few carry hundreds of requests at once."""


def connect(url: str) -> Redis:
    """Returns a client that sends every command once, on a bounded pool, with answers as text.

    By default redis-py repeats commands. A write that is repeated after its answer was lost would
    look as if somebody else had been faster. `answered` bounds the time, and not redis-py's own
    `socket_timeout`: that uses `asyncio.wait_for`, which on Python 3.11 may swallow a cancellation.

    Raises:
        ValueError: the URL cannot be understood.
    """
    connections = pool(
        url,
        max_connections=CONNECTIONS,
        timeout=ANSWER_LIMIT,
        socket_timeout=None,
        socket_connect_timeout=CONNECT_LIMIT,
        decode_responses=True,
    )
    return Redis.from_pool(connections)


async def server_time(redis: Redis) -> float:
    """Returns Unix time in seconds by the clock of the Redis server, which all replicas share."""
    seconds, microseconds = await redis.time()
    return float(seconds) + float(microseconds) / 1_000_000


def answered(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Bounds and measures the time of a method, and makes whatever it raises a StoreAwayError."""
    name = method.__qualname__.lower()

    @functools.wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        with metrics.REDIS.timed(name):
            try:
                async with asyncio.timeout(ANSWER_LIMIT):
                    return await method(*args, **kwargs)
            except (StoreError, UserError):
                raise
            except Exception as error:
                raise _away(error) from error

    return call


def repeatable(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Does the same for a method that may run twice: runs it again if its connection was cut.

    The pool replaces idle connections that were closed. One that is cut while a command is on its
    way, or just before, says nothing about Redis, so nobody should be refused for it.
    """

    @functools.wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await method(*args, **kwargs)
        except RedisConnectionError:
            return await method(*args, **kwargs)

    # Outside of it, so that both tries together have no more than `ANSWER_LIMIT`.
    return answered(call)


def _away(error: Exception) -> StoreAwayError:
    refused = refusal(error)
    if refused is not None:
        return StoreAwayError(f"Redis refuses: {refused}", refused.word)
    if not isinstance(error, RedisError | OSError):  # asyncio's TimeoutError is an OSError
        log.error("a command to Redis failed in an unforeseen way", exc_info=error)
    return StoreAwayError(f"Redis does not answer ({unreached(error)})")
