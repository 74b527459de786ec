"""Finished videos on their way from wherever IACrea keeps them, in chunks, never whole.

The address of a video comes from an answer, so it is trusted as little as one that somebody typed.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from bot.iacrea.pinned import DownloadError, Limits, Pinned, Resolve
from bot.network import Network, described

MOST_BYTES = 200_000_000
"""Of a video: a minute at 25 Mbit/s. More would hardly be passed on within TIME_LIMIT."""
TIME_LIMIT = 110.0
"""Seconds for a download, and for all that is done with it meanwhile."""
_MOST_REDIRECTS = 5


@dataclass(slots=True)
class VideoFile:
    """A video of which nothing has been read yet.

    Attributes:
        length: bytes.
        content_type: such as `video/mp4`.
        failure: why it broke off, once it has; who sends its bytes on may hide that.
    """

    length: int
    content_type: str
    response: httpx.Response
    failure: DownloadError | None = None

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yields its bytes, once.

        Raises:
            DownloadError: it broke off.
        """
        try:
            async for chunk in self.response.aiter_raw():
                yield chunk
        except httpx.HTTPError as error:
            self.failure = DownloadError(f"broke off: {type(error).__name__}")
            raise self.failure from error


class Downloads:
    """Opens videos, with no key of anybody's. Redirects are followed, each as wary as the first."""

    def __init__(
        self, base_url: str, network: Network | None = None, *, resolve: Resolve | None = None
    ) -> None:
        """Opens nothing yet; the arguments are those of `Pinned`."""
        self._pinned = Pinned(base_url, network, Limits(_MOST_REDIRECTS), resolve)

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[VideoFile]:
        """Opens a video for as long as the block lasts, TIME_LIMIT at most.

        Raises:
            DownloadError: no video, too large a one, or one at an address that is not public.
        """
        try:
            async with asyncio.timeout(TIME_LIMIT), AsyncExitStack() as stack:
                yield _video_file(await self._pinned.follow(stack, url))
        except httpx.HTTPError as error:
            raise DownloadError(described(error, None)) from error
        except TimeoutError as error:
            raise DownloadError("too slow") from error


def _video_file(response: httpx.Response) -> VideoFile:
    """Returns the video that an answer brings.

    Raises:
        DownloadError: it brings none, or one that cannot be passed on.
    """
    if response.status_code != HTTPStatus.OK:
        raise DownloadError(f"status {response.status_code}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind.startswith("video/") and not kind.endswith("/octet-stream"):
        raise DownloadError("not a video")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise DownloadError("compressed, so that its length is not known")
    length = response.headers.get("content-length", "")
    # Slack wants to know the length before the first byte (`files.getUploadURLExternal`).
    known = "transfer-encoding" not in response.headers and re.fullmatch(r"[0-9]{1,18}", length)
    if not known or not int(length):
        raise DownloadError("of unknown length")
    if int(length) > MOST_BYTES:
        raise DownloadError(f"larger than {MOST_BYTES} bytes")
    return VideoFile(int(length), kind, response)
