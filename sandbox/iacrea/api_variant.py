"""Chooses one reading for each point that IACrea's reference leaves open."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.iacrea.account import Generation
from sandbox.iacrea.video import Sequence, SequenceStatus, Video, VideoStatus

# Quoted by the reference as an example of the message beside PENDING.
RESTARTING = "Re-generating video in error"


@dataclass(frozen=True, slots=True)
class ApiVariant:
    """One reading of each open point; the defaults are what the reference names first.

    Attributes:
        progress_scale: what `progress` reaches when the render is finished.
        final_url: the field that holds the final video's URL.
        message: the field that holds the text beside PENDING and FAILED.
        error: the field that holds the explanation of an error, or plain text without JSON.
        content_url: whether `generatedContent` names the source image or the clip made of it.
        content_while_pending: whether PENDING carries `generatedContent` and credits, which its
            row of the reference does not list.
        content_while_rendering: whether RENDERING_VIDEO carries it, documented without.
        reuses: whether a regeneration that leaves out image or effect takes those of the newest
            generation or those the video was created with ("the original values").
        used: what `creditsUsed` counts: this regeneration (of a GET: this video) or all of the
            account's so far; the reference says "credits used" and no more.
        auto_videos: which of the ordinary endpoints know a video of `POST …/video/auto`: none of
            them, the GET, or both. Their pages speak of ids of `POST …/generate/video` alone, and
            auto videos have a GET of their own.
        account_credit: which purse `/api/account/credit` counts; a newer copy of its page ties the
            key to the subscription for photos («Home Staging»).
    """

    progress_scale: Literal[1, 100] = 1
    final_url: Literal["url", "videoUrl", "video_url"] = "url"
    message: Literal["message", "error"] = "message"
    error: Literal["error", "message", "text"] = "error"
    content_url: Literal["source", "clip"] = "source"
    content_while_pending: bool = True
    content_while_rendering: bool = False
    reuses: Literal["latest", "first"] = "latest"
    used: Literal["regeneration", "account"] = "regeneration"
    auto_videos: Literal["apart", "shown", "alike"] = "apart"
    account_credit: Literal["photos", "videos"] = "photos"

    def video(
        self, video: Video, *, progress: float, credits_left: int, used_so_far: int = 0
    ) -> dict[str, Any]:
        """Returns the body of GET /api/video-editor/generate/video/{id}.

        `progress` is from 0 to 1.
        """
        body: dict[str, Any] = {"status": video.status}
        match video.status:
            case VideoStatus.PENDING if video.restarting:
                body[self.message] = RESTARTING
            case VideoStatus.START_RENDERING_VIDEO | VideoStatus.RENDERING_VIDEO:
                body["progress"] = self._progress(progress)
            case VideoStatus.DONE:
                body |= {"id": video.id, self.final_url: video.final_url}
            case VideoStatus.FAILED:
                body[self.message] = "The video could not be generated"
            case _:
                pass
        if self._has_content(video.status):
            body["generatedContent"] = [self._sequence(each) for each in video.sequences]
        if self.content_while_pending or video.status is not VideoStatus.PENDING:
            used = used_so_far if self.used == "account" else video.credits_used
            body |= {"creditsTotal": credits_left, "creditsUsed": used}
        return body

    def generation(self, generation: Generation) -> dict[str, Any]:
        """Returns the body of POST /api/video-editor/generate/sequence/{id}."""
        of_account = self.used == "account"
        return {
            "status": "START_GENERATION",
            "generationId": generation.id,
            "creditsTotal": generation.credits_left,
            "creditsUsed": generation.used_so_far if of_account else generation.credits_used,
        }

    def balance(self, *, photos: int, videos: int) -> dict[str, Any]:
        """Returns the body of POST /api/account/credit, from the credits of either purse."""
        total = photos if self.account_credit == "photos" else videos
        return {"total": total, "subscription": total, "extra": 0}

    def explanation(self, text: str) -> tuple[str, str]:
        """Returns the content type and the body of an error."""
        if self.error == "text":
            return "text/plain", text
        return "application/json", json.dumps({self.error: text})

    def _has_content(self, status: VideoStatus) -> bool:
        if status is VideoStatus.PENDING:
            return self.content_while_pending
        return status is not VideoStatus.RENDERING_VIDEO or self.content_while_rendering

    def _progress(self, progress: float) -> float:
        return round(progress, 2) if self.progress_scale == 1 else round(progress * 100)

    def _sequence(self, sequence: Sequence) -> dict[str, Any]:
        made = sequence.status is SequenceStatus.SUCCESS
        told = {"category": sequence.category, "text": sequence.text}
        return {
            "id": sequence.id,
            "url": sequence.clip if made and self.content_url == "clip" else sequence.image,
            "effect": sequence.effect,
            "format": sequence.format,
            "status": sequence.status,
            **{name: each for name, each in told.items() if each is not None},
        }
