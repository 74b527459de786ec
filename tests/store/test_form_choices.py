"""Which choice in a form was the last one."""

import pytest
from redis.asyncio import Redis

from bot.store.client import connect
from bot.store.errors import StoreAwayError
from bot.store.form_choices import FormChoices


async def test_the_last_choice_is_known_to_all_whoever_heard_of_it_first(
    redis: Redis, prefix: str
) -> None:
    here, there = FormChoices(redis, prefix), FormChoices(redis, prefix)

    assert await here.is_last("V1", 1700000000.000200)
    assert not await there.is_last("V1", 1700000000.000100)
    assert await here.is_last("V1", 1700000000.000200), "asked again"
    assert await there.is_last("V1", 1700000000.000300)
    assert not await here.is_last("V1", 1700000000.000200)
    assert await here.is_last("V2", 1.0)
    assert 0 < await redis.ttl(f"{prefix}choice:V1") <= 3600


async def test_without_redis_nobody_knows() -> None:
    with pytest.raises(StoreAwayError):
        await FormChoices(connect("redis://127.0.0.1:1"), "x:").is_last("V1", 1.0)
