"""The operator's commands as processes, beside a bot that runs."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots
from tests.operate.scene import Kept, Scene

Ask = Callable[..., Awaitable["Said"]]


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def ask(environ: dict[str, str], tmp_path: Path) -> Ask:
    async def ask(*command: str, **changes: str) -> Said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *command,
            env={**environ, **changes},
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        return Said(process.returncode or 0, out.decode(), err.decode())

    return ask


@pytest.fixture
def kept(redis: Redis, prefix: str) -> Kept:
    return Kept(redis, prefix)


@pytest.fixture
def scene(
    bots: Bots,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    ben: User,
    listings: Channel,
) -> Scene:
    return Scene(bots, slack, iacrea, anna, ben, listings)
