"""The operator's commands as processes, beside a bot that runs."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import pytest
from redis.asyncio import Redis

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, Process, python_bot
from tests.nursery import Nursery
from tests.operate.scene import Kept, Scene

Ask = Callable[..., Awaitable["Said"]]


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def ask(environ: dict[str, str], tmp_path: Path, nursery: Nursery | None) -> Ask:
    async def ask(*command: str, **changes: str) -> Said:
        env = {**environ, **changes}
        with TemporaryFile(dir=tmp_path) as out, TemporaryFile(dir=tmp_path) as err:
            if nursery:
                process: Process = nursery.start(command, env, tmp_path, out, err)
            else:
                process = await python_bot(*command, env=env, cwd=tmp_path, stdout=out, stderr=err)
            code = await process.wait()
            out.seek(0)
            err.seek(0)
            return Said(code, out.read().decode(), err.read().decode())

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
