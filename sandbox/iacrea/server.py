"""The simulator as its users hold it: start, stop, look at what happened."""

import asyncio
import time
import uuid
from collections.abc import Callable
from typing import Self

from aiohttp import web

from sandbox.bell import Bell
from sandbox.iacrea.api import SEQUENCE_PATH, VIDEO_PATH, Account, Api
from sandbox.iacrea.assets import ASSET_BYTES, ASSETS_PATH, Assets
from sandbox.iacrea.calls import Call, CallLog
from sandbox.iacrea.dialect import Dialect
from sandbox.iacrea.faults import Faults
from sandbox.iacrea.studio import Studio
from sandbox.iacrea.video import Timings


class IACreaSimulator:
    """One IACrea account behind a real HTTP server.

    Attributes:
        studio: its videos and credits; tests add videos and failures there.
        faults: what goes wrong next.
        account: the key and the user id that are accepted.
        base_url: `http://host:port` once started.
        asset_bytes: the size of each film, where assets are served.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        timings: Timings | None = None,
        dialect: Dialect | None = None,
        credits: int = 50,  # noqa: A002  what IACrea calls them
        cost: int = 3,
        assets_url: str | None = None,
        serves_assets: bool = False,
    ) -> None:
        """Prepares an account with a key made up for it.

        Args:
            clock: seconds; only differences count.
            timings: how long each step lasts.
            dialect: how the open points of the reference are read.
            credits: credits at the start.
            cost: credits per regeneration (3 in the reference's example).
            assets_url: where pictures and videos are said to lie; nothing is served there.
            serves_assets: without an `assets_url`, pictures and films of the videos that are
                added once it has started lie on this server and can be loaded, unlogged.
        """
        dialect = dialect or Dialect()
        self.base_url = ""
        self.asset_bytes = ASSET_BYTES
        self.account = Account(f"iacrea-{uuid.uuid4().hex}", str(uuid.uuid4()))
        self.faults = Faults()
        self.studio = Studio(
            clock=clock,
            timings=timings or Timings(),
            credits_left=credits,
            cost=cost,
            assets_url=assets_url or "https://cdn.iacrea.example",
            reuses=dialect.reuses,
        )
        serves_assets = serves_assets and assets_url is None
        self._assets = Assets(self.studio, lambda: self.asset_bytes) if serves_assets else None
        self._log = CallLog()
        self._api = Api(self.account, self.studio, dialect, self.faults, self._log, clock)
        self._runner: web.AppRunner | None = None

    @property
    def api_key(self) -> str:
        """The key that is accepted now; `account.api_key` changes it."""
        return self.account.api_key

    @property
    def user_id(self) -> str:
        """The account's id, which the balance asks for."""
        return self.account.user_id

    @property
    def calls(self) -> list[Call]:
        """Every request so far, in order."""
        return self._log.calls

    @property
    def bell(self) -> Bell:
        """Rings after each request."""
        return self._log.bell

    @property
    def posts(self) -> int:
        """How many regenerations took effect, each of which was spent on."""
        return sum(call.effective for call in self.calls if call.path.startswith(SEQUENCE_PATH))

    def polls(self, video_id: str) -> int:
        """How many GETs of that video arrived, whatever they were answered."""
        path = VIDEO_PATH + video_id
        return sum(call.method == "GET" and call.path == path for call in self.calls)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; port 0 takes a free one.

        Raises:
            OSError: the port is taken.
        """
        application = self._api.application(self._assets.routes() if self._assets else ())
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.base_url = f"http://{host}:{self._runner.addresses[0][1]}"
        if self._assets:
            self.studio.assets_url = self.base_url + ASSETS_PATH
            self.studio.picture = "png"

    async def stop(self) -> None:
        """Stops listening and cuts off answers that are still delayed."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        """Starts on a free port of the loopback interface."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stops."""
        await self.stop()

    async def until(
        self,
        predicate: Callable[["IACreaSimulator"], bool],
        timeout: float = 5.0,  # noqa: ASYNC109  a bound for a test, not a cancellation scope
    ) -> None:
        """Waits until `predicate` holds, looking again after every request.

        Args:
            predicate: asked about this simulator.
            timeout: seconds.

        Raises:
            TimeoutError: it did not hold in time; names the last calls.
        """
        try:
            async with asyncio.timeout(timeout):
                while not predicate(self):
                    await self.bell.next().wait()
        except TimeoutError:
            last = "\n".join(str(call) for call in self.calls[-5:]) or "none"
            raise TimeoutError(f"not within {timeout} s; the last calls: {last}") from None
