"""The finished video as a file in the thread, where it plays: after the outcome, at most once.

A file can be shared once only (docs.slack.dev, files.completeUploadExternal), so its id is written
down before it is. Whatever goes wrong here, the outcome was told already and stays as it is.
"""

import logging
import mimetypes
import re
from collections.abc import Awaitable, Callable

from bot.domain import events
from bot.domain.request import Outcome, Request, RequestId, State, Upload
from bot.iacrea.download import TIME_LIMIT, DownloadError, Downloads, Film
from bot.slack.blocks.message import code
from bot.slack.blocks.texts import Texts
from bot.slack.connection.web_api import (
    CALL_LIMIT,
    SlackBusyError,
    SlackError,
    SlackRefusedError,
    WebApi,
)
from bot.store.due import Due
from bot.store.requests import OvertakenError, Requests
from bot.transitions import Transitions, about

log = logging.getLogger(__name__)

SCOPE = "files:write"
"""What the bot token has to be granted."""
LEASE = TIME_LIMIT + 10.0
"""Seconds for which a video on its way belongs to the process that took it: its whole time."""
GIVE_UP = 600.0
"""Seconds after the outcome from which on no video is put under it any more."""
AT_ONCE = 2
"""Videos on their way in one process; what else is to be told needs its workers too."""
PAUSE = 5.0
"""Seconds before another try."""

Tell = Callable[[str], Awaitable[None]]
"""Says the next thing for the request of that id."""


class Uploads:
    """Stands before the courier: notes which videos are wanted, and brings them afterwards."""

    def __init__(
        self,
        slack: WebApi,
        store: Requests,
        tell: Tell,
        downloads: Downloads,
        *,
        texts: Texts,
        timeout: float,
        wanted: bool,
    ) -> None:
        """`timeout` is GENERATION_TIMEOUT in s; without `wanted`, what others began is ended."""
        self._slack = slack
        self._store = store
        self._tell = tell
        self._downloads = downloads
        self._texts = texts
        self._transitions = Transitions(store, timeout)
        self._wanted = wanted
        self._under_way = 0

    async def deliver(self, member: str) -> None:
        """Says the next thing for the request of that id, or brings its video."""
        request = await self._store.load(RequestId(member))
        if request is not None and _to_be_brought(request):
            await self._guarded(request)
            return
        if request is not None and self._fits(request):
            try:
                await self._transitions.apply(request, events.UploadWanted(), after=CALL_LIMIT)
            except OvertakenError:
                return
        await self._tell(member)

    def _fits(self, request: Request) -> bool:
        return (
            self._wanted
            and request.state is State.ENDED
            and request.upload is Upload.NONE
            and request.outcome is Outcome.DONE
            and request.message is not None
            and request.video_url is not None
        )

    async def _guarded(self, request: Request) -> None:
        try:
            await self._step(request)
        except OvertakenError:
            log.debug("overtaken", extra=about(request))
        except SlackError as error:
            log.warning("video not in its thread yet: %r", error, extra=about(request))
            pause = error.retry_after if isinstance(error, SlackBusyError) else PAUSE
            await self._store.postpone(Due.NOTICES, request.id, pause)

    async def _step(self, request: Request) -> None:
        """Brings a video that is wanted to Slack, or shares one that is there."""
        try:
            if not self._worthwhile(request):
                await self._transitions.apply(request, events.UploadEnded())
            elif request.upload is Upload.SHARING:
                await self._share(request)
                await self._transitions.apply(request, events.UploadEnded())
            elif self._under_way >= AT_ONCE:
                await self._store.postpone(Due.NOTICES, request.id, PAUSE)
            else:
                await self._bring(request)
        except (DownloadError, SlackRefusedError) as error:
            log.warning("video not in its thread: %r", error, extra=about(request))
            await self._transitions.apply(request, events.UploadEnded())

    def _worthwhile(self, request: Request) -> bool:
        """Whether there is still a fresh outcome to put it under."""
        fresh = self._store.now() < (request.ended_at or 0.0) + GIVE_UP
        return self._wanted and fresh and request.reply is not None

    async def _bring(self, request: Request) -> None:
        """Takes the bytes from IACrea to Slack, as a file that nobody sees yet."""
        self._under_way += 1
        try:
            await self._store.postpone(Due.NOTICES, request.id, LEASE)
            async with self._downloads.open(request.video_url or "") as film:
                file_id = await self._upload(film, request)
        finally:
            self._under_way -= 1
        await self._transitions.apply(request, events.Uploaded(file_id))

    async def _upload(self, film: Film, request: Request) -> str:
        name = _file_name(request, film.content_type)
        method = "files.getUploadURLExternal"
        answer = await self._slack.ask(method, filename=name, length=film.length)
        try:
            await self._slack.upload(str(answer["upload_url"]), film.chunks(), film.length)
        except SlackError as error:
            raise film.failure or error from None
        return str(answer["file_id"])

    async def _share(self, request: Request) -> None:
        """Shows the file in the thread. One that an earlier try shared is refused, by Slack."""
        video = request.name or request.order.video
        await self._slack.call(
            "files.completeUploadExternal",
            files=[{"id": request.file, "title": self._texts.say("upload-title", video=video)}],
            channel_id=request.origin.channel,
            thread_ts=request.thread,
            initial_comment=self._texts.say("upload-comment", video=code(video, 64)),
        )


def _to_be_brought(request: Request) -> bool:
    """Buttons that no longer fit its card are taken off first."""
    fading = request.superseded_by is not None and not request.faded
    return request.state is State.TOLD and request.upload is not Upload.NONE and not fading


def _file_name(request: Request, content_type: str) -> str:
    stem = re.sub(r"[^\w.-]+", "-", request.name or request.order.video)[:80]
    known = content_type.startswith("video/") and mimetypes.guess_extension(content_type)
    return f"{stem}{known or '.mp4'}"
