"""The simulator as its users hold it: start, stop, look at what happened."""

import asyncio
import time
import uuid
from collections.abc import Callable
from typing import Self

from aiohttp import web

from sandbox.iacrea.account import Account
from sandbox.iacrea.api import AUTO_VIDEO_PATH, SEQUENCE_PATH, VIDEO_PATH, Api, Credentials
from sandbox.iacrea.api_variant import ApiVariant
from sandbox.iacrea.assets import ASSET_BYTES, ASSETS_PATH, Assets
from sandbox.iacrea.call_log import Call, CallLog
from sandbox.iacrea.faults import Faults
from sandbox.iacrea.video import Timings
from sandbox.notifier import Notifier


class IACreaSimulator:
    """One IACrea account behind a real HTTP server.

    Attributes:
        account: its videos and credits; tests add videos and failures there.
        faults: what goes wrong next.
        credentials: the key and the user id that are accepted.
        base_url: `http://host:port` once started.
        asset_bytes: the size of each film, where assets are served.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        timings: Timings | None = None,
        variant: ApiVariant | None = None,
        credits: int = 50,  # noqa: A002  what IACrea calls them
        cost: int = 3,
        assets_url: str | None = None,
        serves_assets: bool = False,
    ) -> None:
        """Prepares an account with a key made up for it.

        Args:
            clock: seconds; only differences count.
            timings: how long each step lasts.
            variant: how the open points of the reference are read.
            credits: credits at the start.
            cost: credits per regeneration (3 in the reference's example).
            assets_url: where pictures and videos are said to lie; nothing is served there.
            serves_assets: without an `assets_url`, pictures and films of the videos that are
                added once it has started lie on this server and can be loaded, unlogged.
        """
        variant = variant or ApiVariant()
        self.base_url = ""
        self.asset_bytes = ASSET_BYTES
        self.credentials = Credentials(f"iacrea-{uuid.uuid4().hex}", str(uuid.uuid4()))
        self.faults = Faults()
        self.account = Account(
            clock=clock,
            timings=timings or Timings(),
            credits_left=credits,
            cost=cost,
            assets_url=assets_url or "https://cdn.iacrea.example",
            reuses=variant.reuses,
        )
        serves_assets = serves_assets and assets_url is None
        self._assets = Assets(self.account, lambda: self.asset_bytes) if serves_assets else None
        self._log = CallLog()
        self._api = Api(self.credentials, self.account, variant, self.faults, self._log, clock)
        self._runner: web.AppRunner | None = None

    @property
    def api_key(self) -> str:
        """The key that is accepted now; `credentials.api_key` changes it."""
        return self.credentials.api_key

    @property
    def user_id(self) -> str:
        """The account's id, which the balance asks for."""
        return self.credentials.user_id

    @property
    def calls(self) -> list[Call]:
        """Every request so far, in order."""
        return self._log.calls

    @property
    def notifier(self) -> Notifier:
        """Rings after each request."""
        return self._log.notifier

    @property
    def posts(self) -> int:
        """How many regenerations took effect, each of which was spent on."""
        return sum(call.effective for call in self.calls if call.path.startswith(SEQUENCE_PATH))

    def polls(self, video_id: str) -> int:
        """Returns how many GETs of that video arrived, whatever they were answered."""
        return self._gets(VIDEO_PATH + video_id)

    def auto_polls(self, video_id: str) -> int:
        """Returns how many GETs of it arrived at the endpoint of auto videos."""
        return self._gets(AUTO_VIDEO_PATH + video_id)

    def _gets(self, path: str) -> int:
        return sum(call.method == "GET" and call.path == path for call in self.calls)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; port 0 takes a free one.

        Raises:
            OSError: the port is taken.
        """
        application = self._api.application(self._assets.routes() if self._assets else ())
        # aiohttp would wait a minute for connections that are open, such as WebSockets.
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.base_url = f"http://{host}:{self._runner.addresses[0][1]}"
        if self._assets:
            self.account.assets_url = self.base_url + ASSETS_PATH
            self.account.picture = "png"

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
        timeout: float = 60.0,  # noqa: ASYNC109  a bound for a test, not a cancellation scope
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
                    await self.notifier.next().wait()
        except TimeoutError:
            last = "\n".join(str(call) for call in self.calls[-5:]) or "none"
            raise TimeoutError(f"not within {timeout} s; the last calls: {last}") from None
