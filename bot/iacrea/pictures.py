"""Looks at what lies behind a picture link: its first bytes, once, and no longer than needed."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from http import HTTPStatus

import httpx

from bot.domain.file_heads import FileFormat, file_format, pixels
from bot.domain.looking import Look, Unseen
from bot.domain.share_links import file_link, share_of
from bot.iacrea.pinned import DownloadError, Limits, NotPublicError, Pinned, Resolve, look_up
from bot.network import Network, described

log = logging.getLogger(__name__)

MOST_BYTES = 256 * 1024
"""Of a picture; its size stands near the beginning."""
TIME_LIMIT = 3.0
"""Seconds for all redirects and bytes."""
AT_ONCE = 10
"""Looks at once: half of the steps that are taken at once, so that the others go on."""
_LIMITS = Limits(redirects=3, headers={"accept": "image/jpeg, image/png, */*;q=0.1"})
"""Some servers send another format to whoever says that it can be shown."""
_THREADS = ThreadPoolExecutor(AT_ONCE, "look")
"""Look up names that people gave, so that a name server that does not answer holds up no others."""
_NOT_PICTURES = {FileFormat.PAGE, FileFormat.UNKNOWN}


class LooksBusyError(Exception):
    """As many links are looked at as may be at once."""


class Pictures:
    """Looks at links that people gave. What it logs and raises has no link in it."""

    def __init__(
        self, base_url: str, network: Network | None = None, *, resolve: Resolve | None = None
    ) -> None:
        """Opens nothing yet; the arguments are those of `Pinned`."""
        names = resolve or partial(look_up, threads=_THREADS)
        self._pinned = Pinned(base_url, network, _LIMITS, names)
        self._looks = 0

    async def look(self, link: str) -> Look:
        """Looks at the file behind a link, or behind the page that a share made of it.

        Raises:
            LooksBusyError: not now.
        """
        if self._looks >= AT_ONCE:
            raise LooksBusyError
        self._looks += 1
        try:
            direct = file_link(link)
            seen = replace(await self._seen(direct), share=share_of(link) or "")
        finally:
            self._looks -= 1
        # A share that lets nobody in may say so with a status instead of a page.
        denied = seen.unseen is Unseen.REFUSED and direct != link
        seen = replace(seen, format=FileFormat.PAGE, unseen=None, status=0) if denied else seen
        return replace(seen, link=link) if seen.format in _NOT_PICTURES else seen

    async def _seen(self, link: str) -> Look:
        try:
            async with asyncio.timeout(TIME_LIMIT), AsyncExitStack() as stack:
                response = await self._pinned.follow(stack, link)
                if response.status_code != HTTPStatus.OK:
                    return Look(link, unseen=Unseen.REFUSED, status=response.status_code)
                return await _read(link, response)
        except NotPublicError:
            return Look(link, private=True)
        except TimeoutError:
            return Look(link, unseen=Unseen.SLOW)
        except DownloadError as error:
            log.info("a picture link is not reached: %s", error)
        except httpx.HTTPError as error:
            log.info("a picture link is not reached: %s", described(error, None))
        return Look(link, unseen=Unseen.UNREACHED)


async def _read(link: str, response: httpx.Response) -> Look:
    """Reads as much as tells what it is, and looks at it again whenever there is twice as much."""
    # We asked for it unpacked. Packed, its first bytes tell nothing, and we unpack nothing.
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        return Look(link, unseen=Unseen.UNREACHED)
    head, enough = bytearray(), 1
    async for chunk in response.aiter_raw():
        head += chunk[: MOST_BYTES - len(head)]
        if len(head) >= min(enough, MOST_BYTES):
            enough, seen = 2 * len(head), bytes(head)
            size = pixels(seen)
            if size is not None or len(seen) >= MOST_BYTES:
                return Look(link, file_format(seen), size)
    seen = bytes(head)
    return Look(link, file_format(seen), pixels(seen), whole=True)
