"""Puts the finished video into the thread as a file that plays there, after the outcome.

A file can be shared once only (docs.slack.dev, files.completeUploadExternal), so we write its id
down before we share it. If something goes wrong here, the outcome was told already.
"""

import logging
import mimetypes
import re
from typing import Any

from bot.domain import events
from bot.domain.notice import Upload
from bot.domain.request import Request
from bot.iacrea.download import TIME_LIMIT, Downloads, VideoFile
from bot.iacrea.pinned import DownloadError
from bot.slack.blocks.message import code
from bot.slack.connection.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.slack.telling.context import TellingContext
from bot.store.queues import Queue
from bot.transitions import about

log = logging.getLogger(__name__)

SCOPE = "files:write"
"""Scope that the bot token needs."""
LEASE = TIME_LIMIT + 10.0
"""Seconds for which a transfer belongs to the process that began it: longer than it may take."""
GIVE_UP = 600.0
"""Seconds after the outcome during which a video may still be put under it."""
AT_ONCE = 2
"""Videos that one process transfers at a time; other notices need its workers too."""
PAUSE = 5.0
"""Seconds before another try."""


class Uploads:
    """Brings finished videos into their threads.

    Attributes:
        wanted: whether to bring any; otherwise those that are under way are ended.
    """

    def __init__(self, context: TellingContext, downloads: Downloads, *, wanted: bool) -> None:
        self.wanted = wanted
        self._slack = context.slack
        self._store = context.store
        self._transitions = context.transitions
        self._texts = context.languages.channel
        self._downloads = downloads
        self._under_way = 0

    async def bring(self, request: Request) -> None:
        """Takes the next step of a video on its way; it stays due until none is left."""
        try:
            await self._step(request)
        except SlackError as error:
            log.warning("video not in its thread yet: %r", error, extra=about(request))
            pause = error.retry_after if isinstance(error, SlackBusyError) else PAUSE
            await self._store.postpone(Queue.NOTICES, request.id, pause)

    async def _step(self, request: Request) -> None:
        """Brings a video that is wanted to Slack, or shares one that is there."""
        try:
            if not self._worthwhile(request):
                await self._transitions.apply(request, events.UploadEnded())
            elif request.upload is Upload.SHARING:
                link = await self._share(request)
                await self._transitions.apply(request, events.UploadEnded(link))
            elif self._under_way >= AT_ONCE:
                await self._store.postpone(Queue.NOTICES, request.id, PAUSE)
            else:
                await self._upload(request)
        except (DownloadError, SlackRefusedError) as error:
            log.warning("video not in its thread: %r", error, extra=about(request))
            await self._transitions.apply(request, events.UploadEnded())

    def _worthwhile(self, request: Request) -> bool:
        """Returns whether there is still a fresh outcome to put it under."""
        fresh = self._store.now() < (request.ended_at or 0.0) + GIVE_UP
        return self.wanted and fresh and request.reply is not None

    async def _upload(self, request: Request) -> None:
        """Takes the bytes from IACrea to Slack, as a file that nobody sees yet."""
        self._under_way += 1
        try:
            # A transfer takes longer than the time for which a notice is claimed.
            await self._store.postpone(Queue.NOTICES, request.id, LEASE)
            async with self._downloads.open(request.video_url or "") as video:
                file_id = await self._send(video, request)
        finally:
            self._under_way -= 1
        await self._transitions.apply(request, events.Uploaded(file_id))

    async def _send(self, video: VideoFile, request: Request) -> str:
        name = _file_name(request, video.content_type)
        method = "files.getUploadURLExternal"
        answer = await self._slack.ask(method, filename=name, length=video.length)
        try:
            await self._slack.upload(str(answer["upload_url"]), video.chunks(), video.length)
        except SlackError as error:
            # Slack only sees the upload break off; if IACrea is why, that is the error.
            raise video.failure or error from None
        return str(answer["file_id"])

    async def _share(self, request: Request) -> str | None:
        """Shows the file in the thread; returns its link, if Slack says it.

        Slack refuses one that an earlier try has shared. Whether the answer has a `permalink` is
        open: its page shows id and title alone, the type in `@slack/web-api` a whole file.
        """
        video = request.name or request.order.video
        answer = await self._slack.call(
            "files.completeUploadExternal",
            files=[{"id": request.file, "title": self._texts.say("upload-title", video=video)}],
            channel_id=request.origin.channel,
            thread_ts=request.thread,
            initial_comment=self._texts.say("upload-comment", video=code(video, 64)),
        )
        return next((link for file in answer.get("files") or () if (link := _link(file))), None)


def _link(file: Any) -> str | None:
    link = file.get("permalink") if isinstance(file, dict) else None
    return link if isinstance(link, str) and link.startswith("https://") else None


def _file_name(request: Request, content_type: str) -> str:
    stem = re.sub(r"[^\w.-]+", "-", request.name or request.order.video)[:80]
    known = content_type.startswith("video/") and mimetypes.guess_extension(content_type)
    return f"{stem}{known or '.mp4'}"
