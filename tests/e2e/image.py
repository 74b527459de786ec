"""The image as `docker run` would start it, as far as namespaces go: no engine is needed.

It has the files where the Dockerfile puts them, its user, working directory and volume, Docker's
environment and PID 1. The system below is this machine's.
"""

import asyncio
import contextlib
import json
import os
import re
import shlex
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT, Process
from tests.e2e.processes import child_of, end_of, listens, started, until, works

_STAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[-1]
_UNSHARE = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
STARTS = os.geteuid() == 0 and works(*_UNSHARE, "--net", "true")
"""Whether this machine lets the user do that."""


def env_file(text: str) -> dict[str, str]:
    """What `--env-file` makes of a file: the value is what follows `=`, nothing is unquoted.

    Source: docs.docker.com/reference/cli/docker/container/run, --env-file.
    """
    lines = [line.lstrip() for line in text.splitlines()]
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, equals, value in pairs if equals}


def _found(pattern: str) -> str:
    [found] = re.findall(pattern, _STAGE, re.MULTILINE)
    return str(found)


_UID = int(_found(rf"^RUN useradd --uid (\d+) .* {_found('^USER (.*)$')} \\$"))


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """What every process of the container finds: ENV, what was given over it, Docker's own."""
    said = _found(r"^ENV ((?:.*\\\n)*.*)$").replace("\\\n", " ")
    image = dict(each.split("=", 1) for each in said.split())
    path = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {"PATH": path, "HOSTNAME": "c0ffee", **image, **given, "HOME": "/home/regen"}


def _as_user(given: Mapping[str, str], command: list[str]) -> list[str]:
    user = (
        "setpriv",
        "--reuid",
        str(_UID),
        "--regid",
        str(_UID),
        "--clear-groups",
        "--no-new-privs",
    )
    variables = [f"{name}={value}" for name, value in _environment(given).items()]
    return [*user, "env", "-i", *variables, *command]


def _root(volume: Path) -> str:
    """A script that puts everything where the image has it, in a mount namespace."""
    base = Path(sys.base_prefix)
    lines = [
        "set -e",
        # Python's own directory may be for root alone, as below /root; in the image it is not.
        "mount -t tmpfs none /mnt; mkdir /mnt/python /mnt/packages /mnt/clone",
        f"mount --bind {base} /mnt/python; mount --bind {sys.prefix} /mnt/packages",
        f"mount --bind {ROOT} /mnt/clone",
        *(
            [f"mount -t tmpfs -o mode=755 none /root; mkdir -p {base}"]
            if base.parts[1] == "root"
            else ()
        ),
        f"mount --bind /mnt/python {base}",
        "mount -t tmpfs -o mode=755 none /opt; mkdir /opt/regen-bot",
        "mount --bind /mnt/packages /opt/regen-bot",
        "mount -t tmpfs -o mode=755 none /var/lib; mkdir /var/lib/regen-bot",
        f"mount --bind {volume} /var/lib/regen-bot",
        f"mount -t tmpfs -o mode=755 none /home; install -d -o {_UID} -g {_UID} /home/regen",
        "mount -t tmpfs -o mode=755 none /usr/local/bin",
        f"install -m 755 /mnt/clone/{_found(r'^COPY --chmod=755 (.*) /usr/local/bin/regen-bot$')} "
        "/usr/local/bin/regen-bot",
        f"ln -s {base}/bin/python3 /usr/local/bin/python",
        "mount -t tmpfs -o mode=1777 none /tmp; ip link set lo up 2>/dev/null || true",
        # The packages lead to the bot's files in the clone, which what is mounted above may hide.
        f"mkdir -p {ROOT}; mount --bind /mnt/clone {ROOT}",
        f"cd {_found('^WORKDIR (.*)$')}",
    ]
    return "\n".join(map(str, lines))


@dataclass(frozen=True, slots=True)
class Container:
    """One that runs.

    Attributes:
        process: the tool that holds the namespaces; it ends as the bot does.
        given: the variables of `--env-file`.
    """

    process: Process
    given: Mapping[str, str]

    async def execute(self, *command: str) -> int:
        """Runs something in it, as `docker exec` does; gives the exit code."""
        inside = (
            "nsenter",
            "--target",
            str(child_of(self.process.pid)),
            "--mount",
            "--pid",
            "--net",
        )
        process = await asyncio.create_subprocess_exec(
            *inside, *_as_user(self.given, list(command)), stdout=asyncio.subprocess.DEVNULL
        )
        return await process.wait()

    async def healthy(self) -> bool:
        """What HEALTHCHECK's command says, tried until it is so, as Docker does."""
        command = json.loads(_found(r"^HEALTHCHECK .*\n +CMD (\[.*\])$"))
        for _ in range(20):
            if await self.execute(*command) == 0:
                return True
            await asyncio.sleep(0.5)
        return False

    async def stop(self) -> int:
        """Asks it to end, as `docker stop` does; gives the exit code."""
        os.kill(child_of(self.process.pid), signal.Signals[_found("^STOPSIGNAL (.*)$")])
        return (await end_of(self.process)).code


@contextlib.asynccontextmanager
async def docker_run(
    given: Mapping[str, str], volume: Path, *, network: str = "host"
) -> AsyncIterator[Container]:
    """Runs the image; with `network` none it has a loopback of its own, and reaches nothing."""
    os.chown(volume, _UID, _UID)
    os.chmod(volume, 0o700)  # noqa: PTH101 - beside chown, which pathlib does not know
    command = [
        *json.loads(_found(r"^ENTRYPOINT (\[.*\])$")),
        *json.loads(_found(r"^CMD (\[.*\])$")),
    ]
    script = f"{_root(volume)}\nexec {shlex.join(_as_user(given, command))}"
    alone = ("--net",) if network == "none" else ()
    async with started(dict(os.environ), volume, *_UNSHARE, *alone, "sh", "-c", script) as process:
        await until(lambda: child_of(process.pid) or process.returncode is not None)
        await listens(child_of(process.pid))
        yield Container(process, given)
