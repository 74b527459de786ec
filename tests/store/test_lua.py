"""Scripts read their keys and arguments by name, and lose nothing of a number on the way."""

import math

import pytest
from redis.asyncio import Redis

from bot.store.lua import Script, source


async def test_a_key_or_an_argument_that_a_script_does_not_read_is_refused(redis: Redis):
    with pytest.raises(TypeError, match="given or read alone: new, newer"):
        await Script(redis, "swap")({"text": "any"}, old="1", newer="2")


@pytest.mark.parametrize("seconds", [1764189999.123457, math.nextafter(2**31, 0), 1e-6, 2**53 - 1])
async def test_a_number_arrives_with_all_its_digits(redis: Redis, prefix: str, seconds: float):
    keys, given = {"text": f"{prefix}digits"}, {"old": seconds, "new": None}
    names, argument = Script(redis, "swap").call(keys, given)
    text = source("named") + "redis.call('ZADD', keys.text, given.old, 'a')"
    await redis.eval(text, len(names), *names, argument)
    assert await redis.zscore(names[0], "a") == seconds
    await redis.delete(names[0])
