"""Whether Redis is one in which requests are safe."""

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoPermissionError, RedisError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError

from bot.config import Config
from bot.doctor.findings import Finding, Section, Verdict
from bot.doctor.known_holes import mended_in
from bot.store.attached import attached
from bot.store.client import connect, server_time
from bot.store.embedded import EmbeddedValkeyError
from bot.store.lua import Script
from bot.store.overview import Overview
from bot.store.refusals import refusal
from bot.store.rights import granted
from bot.store.sentinel import NoPrimaryError

_HERE = Section("Redis")
_OLDEST = (6, 2)
"""ZRANGE … BYSCORE, which the claims need, came with Redis 6.2; every Valkey has it."""
_PINGS = 20
_SLOW = 0.05
"""Seconds for a round trip; every acknowledgement waits for one."""
_ANSWER_LIMIT = 5.0
_NEARLY_FULL = 0.8
_CLOCKS_APART = 2.0
"""Seconds; deadlines go by Redis's clock, and the log by this machine's."""
_DURABLE = "appendonly yes, in Redis's configuration (with a managed Redis: switch persistence on)"


async def check(config: Config, broken: frozenset[str]) -> AsyncIterator[Finding]:
    """Checks the Redis that REDIS_URL names, or the embedded Valkey."""
    if missing := broken & {"REDIS_URL", "BOT_DATA_DIR", "REDIS_PREFIX"}:
        yield _HERE.skipped("connection", min(missing))
        return
    try:
        async with _url(config) as url, connect(url) as redis:
            async for finding in _examine(redis, config, url):
                yield finding
    except EmbeddedValkeyError as error:
        yield _HERE.failed("embedded Valkey", str(error), "or set REDIS_URL to a Redis of yours")
    except ValueError as error:
        yield _HERE.failed("connection", f"REDIS_URL: {error}", "see docs/install.md, Redis")


@contextlib.asynccontextmanager
async def _url(config: Config) -> AsyncIterator[str]:
    if config.redis_url is not None:
        yield config.redis_url.reveal()
        return
    async with attached(config.bot_data_dir) as url:
        yield url


async def _examine(redis: Redis, config: Config, url: str) -> AsyncIterator[Finding]:
    try:
        async with asyncio.timeout(_ANSWER_LIMIT):
            await redis.ping()
    except Exception as error:  # noqa: BLE001 - whatever redis-py makes of what answers there
        yield _unreached(error, url)
        return
    yield _HERE.ok("connection", _where(config))
    try:
        async with asyncio.timeout(_ANSWER_LIMIT):
            for finding in await _asked(redis, config):
                yield finding
    except Exception as error:  # noqa: BLE001 - the same
        said = f"Redis stopped answering ({type(error).__name__})"
        yield _HERE.failed("answers", said, "look into its log, and ask again")


def _where(config: Config) -> str:
    if config.redis_url is not None:
        return "REDIS_URL"
    made = "" if config.bot_data_dir.exists() else ", which the bot makes when it starts"
    return f"embedded, in {config.bot_data_dir}{made}"


async def _asked(redis: Redis, config: Config) -> list[Finding]:
    findings = []
    try:
        info: dict[str, Any] = await redis.info()
    except ResponseError:
        said = "this user may not ask (INFO), so version, persistence and eviction are not known"
        findings.append(_HERE.note("server", said, "allow it: ACL SETUSER <user> +info"))
    else:
        findings += _server(info)
        # On neither can anything be written, and the findings say so already.
        if info.get("role") == "slave" or info.get("cluster_enabled"):
            return findings
        findings += [await _persistence(redis, info), _eviction(info)]
    if (refused := await _refused_write(redis, config.redis_prefix)) is not None:
        return [*findings, refused]
    rights = await _rights(redis, config.redis_prefix)
    findings += [rights, await _latency(redis), await _clock(redis)]
    # Without its rights this would be refused as well, and end the whole section.
    if rights.verdict is Verdict.OK:
        counts = await Overview(redis, config.redis_prefix).counts()
        said = f"{counts.running} requests at work, {counts.untold} to be told"
        findings.append(_HERE.ok("requests", said))
    return findings


def _unreached(error: Exception, url: str) -> Finding:
    text = str(error)
    if isinstance(error, NoPrimaryError):
        mend = "check the Sentinels in REDIS_URL, and the name they know the Redis by"
        return _HERE.failed("connection", str(error), mend)
    if (refused := refusal(error)) is not None:
        return _HERE.failed("connection", f"Redis refuses: {refused}", refused.mend)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        mend = "name the authority that signed it: rediss://…?ssl_ca_certs=/path/to/ca.pem"
        return _HERE.failed("connection", "Redis's certificate is not trusted here", mend)
    if url.startswith("rediss") and ("SSL" in text or isinstance(error, RedisTimeoutError)):
        mend = "write redis:// for a Redis without TLS, or name its TLS port; or it is overloaded"
        return _HERE.failed("connection", "what listens there speaks no TLS, or not now", mend)
    if url.startswith("redis:") and (
        "closed" in text or isinstance(error, TimeoutError | RedisTimeoutError)
    ):
        mend = "does it want TLS? Then write rediss://. Else look whether it is overloaded"
        return _HERE.failed("connection", f"Redis does not answer ({type(error).__name__})", mend)
    mend = "start it, or correct host and port in REDIS_URL; the bot waits for it meanwhile"
    return _HERE.failed("connection", f"Redis cannot be reached ({type(error).__name__})", mend)


def _server(info: dict[str, Any]) -> Iterator[Finding]:
    valkey = info.get("valkey_version")
    name = f"Valkey {valkey}" if valkey else f"Redis {info.get('redis_version')}"
    numbers = str(info.get("redis_version", "0.0")).split(".")
    if tuple(int(each) for each in numbers[:2] if each.isdigit()) < _OLDEST:
        yield _HERE.failed("version", f"{name} is too old", "use Redis 6.2 or newer, or a Valkey")
    elif mended := mended_in(info):
        said = f"{name} has security holes that are known, and mended in {mended}"
        mend = f"use {mended} or newer, or ask your distribution whether it has mended its own"
        yield _HERE.warning("version", said, mend)
    else:
        yield _HERE.ok("version", name)
    if info.get("role") == "slave":
        mend = "name the primary in REDIS_URL, or the Sentinels (docs/install.md, Redis)"
        yield _HERE.failed("role", "this is a replica, which takes no writes (READONLY)", mend)
    if replicas := info.get("connected_slaves"):
        said = f"{replicas} connected; every write of a request waits for one"
        yield _HERE.ok("replicas", said)
    if info.get("cluster_enabled"):
        mend = "use one primary, with replicas if you like; it carries 100,000 pending videos"
        said = (
            "this is a Redis Cluster, on which the bot cannot run (MOVED, CROSSSLOT, CLUSTERDOWN)"
        )
        yield _HERE.failed("role", said, mend)


async def _persistence(redis: Redis, info: dict[str, Any]) -> Finding:
    if info.get("aof_enabled"):
        return _HERE.ok("persistence", "append-only file")
    try:
        rules: str | None = (await redis.config_get("save")).get("save")
    except ResponseError:
        said = "no append-only file, and this user may not ask for more (CONFIG)"
        return _HERE.warning("persistence", said, _DURABLE)
    if rules:
        said = f"snapshots alone ({rules}): what came after the last one is lost with Redis"
        return _HERE.warning("persistence", said, _DURABLE)
    said = "Redis keeps nothing on disk: when it restarts, every request is forgotten"
    return _HERE.warning("persistence", said, _DURABLE)


def _eviction(info: dict[str, Any]) -> Finding:
    policy = str(info.get("maxmemory_policy", "noeviction"))
    most, used = int(info.get("maxmemory", 0)), int(info.get("used_memory", 0))
    if policy != "noeviction":
        said = f"{policy}: Redis drops pending requests to make room"
        return _HERE.warning("eviction", said, "maxmemory-policy noeviction")
    if most and used > _NEARLY_FULL * most:
        said = f"{used / most:.0%} of maxmemory is used; a full Redis takes no writes"
        return _HERE.warning("eviction", said, "raise maxmemory")
    return _HERE.ok("eviction", "noeviction")


async def _refused_write(redis: Redis, prefix: str) -> Finding | None:
    """Tries a plain write. A full Redis refuses it, but not a script that has deleted something."""
    try:
        await redis.set(f"{prefix}doctor", 1, px=1000)
    except NoPermissionError:
        return None  # the rights say which ones are missing
    except RedisError as error:
        if (refused := refusal(error)) is None:
            raise
        return _HERE.failed("writes", f"Redis refuses: {refused}", refused.mend)
    return None


async def _rights(redis: Redis, prefix: str) -> Finding:
    """Runs every kind of command that the bot uses, on a key of its own."""
    key = f"{prefix}doctor"
    try:
        await Script(redis, "rights")({"probe": key})
        # For MULTI and EXEC, which the bot uses, and no script may.
        async with redis.pipeline() as transaction:
            transaction.exists(key)
            await transaction.execute()
        await redis.wait(0, 1)  # not in a script: it is not allowed there
    except RedisError as error:
        if (refused := refusal(error)) is None:
            raise
        lacking = refused.word == "NOPERM"
        mend = f"ACL SETUSER <user> {granted(prefix)}" if lacking else refused.mend
        return _HERE.failed("rights", f"Redis refuses: {refused}", mend)
    return _HERE.ok("rights", "this user may do what the bot does")


async def _latency(redis: Redis) -> Finding:
    times = []
    for _ in range(_PINGS):
        began = time.perf_counter()
        await redis.ping()
        times.append(time.perf_counter() - began)
    # The median, since one slow answer on a busy machine is no slow Redis.
    said = f"{statistics.median(times) * 1000:.1f} ms for a round trip"
    if statistics.median(times) > _SLOW:
        return _HERE.warning(
            "latency", said, "bring Redis nearer: each acknowledgement waits for it"
        )
    return _HERE.ok("latency", said)


async def _clock(redis: Redis) -> Finding:
    apart = await server_time(redis) - time.time()
    said = f"{abs(apart):.1f} s {'ahead of' if apart > 0 else 'behind'} this machine's"
    if abs(apart) > _CLOCKS_APART:
        return _HERE.warning("clock", said, "let NTP set the clocks of both machines")
    return _HERE.ok("clock", said)
