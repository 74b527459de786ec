"""A company's network: its own authority, TLS before both simulators, and a proxy as the way out.

The proxy knows names that no DNS does, so that what arrives has come through it. It does as RFC
9110, 9.3.6 says: `CONNECT host:port`, then bytes both ways; and 407 where a password is missing.
"""

import asyncio
import base64
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import trustme

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator
from tests.conftest import Bots
from tests.servers import behind_tls

PASSWORD = "s3cret!pass"
WRITTEN = "s3cret%21pass"
"""The same in a URL."""


class Mood(StrEnum):
    """How the proxy is."""

    WELL = "well"
    REFUSING = "refusing"  # 403, as for a host that its rules do not allow
    SILENT = "silent"  # it takes the connection, and answers nothing
    CLOSING = "closing"  # it closes when it is asked


@dataclass
class Company:
    """What stands in the company's network.

    Attributes:
        authority: the file with the certificate of who signs everything here.
        port: of the proxy.
        asked: whom it was asked for, such as `slack.test:443`.
        hosts: where they really are.
        wants_password: whether it refuses who does not say the password.
    """

    authority: Path
    port: int = 0
    hosts: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    mood: Mood = Mood.WELL
    wants_password: bool = False

    def settings(self) -> dict[str, str]:
        """Those of a bot in it; without how to get out."""
        return {
            "SLACK_API_URL": "https://slack.test/api/",
            "IACREA_BASE_URL": "https://iacrea.test",
            "SSL_CERT_FILE": str(self.authority),
        }

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError), contextlib.closing(writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            target = head.split(" ")[1]
            self.asked.append(target)
            if self.mood is Mood.SILENT:
                await reader.read()
            elif self.mood is Mood.WELL:
                await self._connect(head, target, reader, writer)
            elif self.mood is Mood.REFUSING:
                await _say(writer, "403 Forbidden")

    async def _connect(
        self, head: str, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        known = base64.b64encode(f"anna:{PASSWORD}".encode()).decode()
        if self.wants_password and f"Proxy-Authorization: Basic {known}" not in head:
            await _say(writer, "407 Proxy Authentication Required")
            return
        port = self.hosts.get(target)
        if port is None or not head.startswith("CONNECT "):
            await _say(writer, "502 Bad Gateway")
            return
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", port)
        with contextlib.closing(other_writer):
            await _say(writer, "200 Connection established")
            there = asyncio.create_task(_pump(reader, other_writer))
            await _pump(other_reader, writer)
            there.cancel()
            await asyncio.wait({there})


async def _say(writer: asyncio.StreamWriter, status: str) -> None:
    length = "" if status.startswith("200") else "Content-Length: 0\r\n"
    writer.write(f"HTTP/1.1 {status}\r\n{length}\r\n".encode())
    await writer.drain()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


async def logged(bots: Bots, words: str) -> None:
    """Waits until a bot has logged that."""
    async with asyncio.timeout(60):
        while words not in bots.log():  # noqa: ASYNC110 - it is another process's
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def in_company(
    slack: SlackSimulator, iacrea: IACreaSimulator, directory: Path
) -> AsyncIterator[Company]:
    """Puts both simulators behind it; Slack hands out addresses there too."""
    signs = trustme.CA()
    company = Company(directory / "company.pem")
    signs.cert_pem.write_to_path(str(company.authority))
    behind = {
        "slack.test": int(slack.api_url.rsplit(":", 1)[1].split("/")[0]),
        "iacrea.test": int(iacrea.base_url.rsplit(":", 1)[1]),
    }
    async with contextlib.AsyncExitStack() as stack:
        for host, port in behind.items():

            async def where(port: int = port) -> int:
                return port

            certificate = signs.issue_cert(host, "localhost")
            tls = await stack.enter_async_context(behind_tls(where, certificate))
            company.hosts[f"{host}:443"] = tls
        slack._installation.base_url = "https://slack.test"
        iacrea.account.assets_url = iacrea.account.assets_url.replace(
            iacrea.base_url, "https://iacrea.test"
        )
        serving: set[asyncio.Task[None]] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(company.serve(reader, writer))
            serving.add(task)
            with contextlib.suppress(asyncio.CancelledError):
                await task

        listening = socket.create_server(("127.0.0.1", 0))
        server = await asyncio.start_server(serve, sock=listening)
        company.port = listening.getsockname()[1]
        yield company
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
