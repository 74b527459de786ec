"""The documented endpoints as thin aiohttp routes over the account."""

import asyncio
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.iacrea.account import Account, CreditsExhaustedError, UnknownIdError
from sandbox.iacrea.api_variant import ApiVariant
from sandbox.iacrea.call_log import Call, CallLog
from sandbox.iacrea.faults import Answer, Answered, Fault, Faults, Queue, distorted, instead

# The reference leaves open whether every id is a UUID; this is what the product takes for one.
_ID = re.compile(r"[A-Za-z0-9_-]{6,64}")

SEQUENCE_PATH = "/api/video-editor/generate/sequence/"
VIDEO_PATH = "/api/video-editor/generate/video/"
AUTO_VIDEO_PATH = VIDEO_PATH + "auto/"
"""Of the GET that videos of `POST …/video/auto` have of their own («Auto Video API»)."""
CREDIT_PATH = "/api/account/credit"


@dataclass(slots=True)
class Credentials:
    """The key and the user id that are accepted. Changing `api_key` locks out the old key."""

    api_key: str
    user_id: str


class _LockedOutError(Exception):
    """The key or the user id is not the account's."""


class _InvalidError(Exception):
    """The request is not one that the reference documents."""


class _NoEndpointError(Exception):
    """Nothing is documented at that path."""


# The statuses are those of the reference; all of these leave everything as it was.
_STATUS: dict[type[Exception], int] = {
    _InvalidError: 400,
    _LockedOutError: 401,
    CreditsExhaustedError: 402,
    UnknownIdError: 404,
    _NoEndpointError: 404,
}


@dataclass(frozen=True, slots=True)
class Api:
    """Answers IACrea's requests, writes each one down, and lets faults interfere."""

    credentials: Credentials
    account: Account
    variant: ApiVariant
    faults: Faults
    log: CallLog
    clock: Callable[[], float]
    # What each regenerated video answered before its newest regeneration, for stale reads.
    _before: dict[str, dict[str, Any]] = field(default_factory=dict, init=False)

    def application(self, extra_routes: Iterable[web.RouteDef] = ()) -> web.Application:
        """Returns the server; it answers unknown paths with 404 and logs all but `extra_routes`."""
        app = web.Application()
        app.router.add_routes(extra_routes)
        app.router.add_post(SEQUENCE_PATH + "{id:[^/]*}", self._post_sequence)
        app.router.add_get(VIDEO_PATH + "{id:[^/]*}", self._get_video, allow_head=False)
        app.router.add_get(AUTO_VIDEO_PATH + "{id:[^/]*}", self._get_auto_video, allow_head=False)
        app.router.add_post(CREDIT_PATH, self._post_credit)
        app.router.add_route("*", "/{elsewhere:.*}", self._elsewhere)
        return app

    async def _post_sequence(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self.faults.posts, self._regenerate)

    async def _get_video(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self.faults.gets, self._poll)

    async def _get_auto_video(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self.faults.auto_gets, self._poll_auto)

    async def _post_credit(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, self.faults.balances, self._balance)

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(request, Queue(), self._nothing)

    async def _serve(
        self,
        request: web.Request,
        faults: Queue,
        act: Callable[[web.Request, Any], Answer],
    ) -> web.StreamResponse:
        raw = (await request.read()).decode(errors="replace")
        fault = faults.popleft() if faults else None
        explanation = self._explained(fault)
        answer = instead(fault, explanation)
        if answer is None:
            answer = distorted(self._answer(act, request, raw), fault, explanation)
        # Logged before it is answered, so that whoever waits for the call sees its effect.
        self.log.record(
            Call(
                time=self.clock(),
                method=request.method,
                path=request.path,
                body=_json_or_text(raw),
                status=answer.status,
                effective=answer.effective,
                answer=answer.text,
            )
        )
        await asyncio.sleep(self.faults.delay + getattr(fault, "seconds", 0.0))
        return _response(request, answer)

    def _explained(self, fault: Fault | None) -> tuple[str, str]:
        status = fault.status if isinstance(fault, Answered) else 500
        return self.variant.explanation(f"Simulated error {status}")

    def _answer(
        self, act: Callable[[web.Request, Any], Answer], request: web.Request, raw: str
    ) -> Answer:
        try:
            self._unlock(request)
            return act(request, _json_or_text(raw))
        except tuple(_STATUS) as error:
            content_type, text = self.variant.explanation(str(error))
            return Answer(_STATUS[type(error)], text, content_type)

    def _unlock(self, request: web.Request) -> None:
        if request.headers.get("x-api-key") != self.credentials.api_key:
            raise _LockedOutError("x-api-key is missing or invalid")

    def _regenerate(self, request: web.Request, body: Any) -> Answer:
        video_id, wanted = request.match_info["id"], _wanted(request, body)
        sequence_id = _id(body.get("sequenceId"), "sequenceId")
        # Taken before it changes: a stale read (`faults.stale_gets`) answers with this.
        before = self._seen(_id(video_id, "video id"))
        if self.account.find(video_id).auto and self.variant.auto_videos != "alike":
            raise UnknownIdError("Video not found")
        generation = self.account.regenerate(
            video_id,
            sequence_id,
            image=_optional_text(wanted, "url"),
            effect=_optional_text(wanted, "effect"),
        )
        self._before[video_id] = before
        return Answer(200, json.dumps(self.variant.generation(generation)), effective=True)

    def _poll(self, request: web.Request, _: Any) -> Answer:
        video_id = request.match_info["id"]
        if self.account.find(video_id).auto and self.variant.auto_videos == "apart":
            raise UnknownIdError("Video not found")
        if self.faults.stale_gets > 0 and video_id in self._before:
            self.faults.stale_gets -= 1
            return Answer(200, json.dumps(self._before[video_id]))
        self.account.poll(video_id)
        return Answer(200, json.dumps(self._seen(video_id)), effective=True)

    def _poll_auto(self, request: web.Request, _: Any) -> Answer:
        """Drives an auto video; an ordinary one has no such id here."""
        video_id = request.match_info["id"]
        if not self.account.find(video_id).auto:
            raise UnknownIdError("Video not found")
        self.account.poll(video_id)
        return Answer(200, json.dumps(self._seen(video_id)), effective=True)

    def _seen(self, video_id: str) -> dict[str, Any]:
        video = self.account.find(video_id)
        progress = self.account.progress(video)
        left, used = self.account.credits, self.account.used_so_far
        return self.variant.video(video, progress=progress, credits_left=left, used_so_far=used)

    def _balance(self, _: web.Request, body: Any) -> Answer:
        user_id = body.get("user_id") if isinstance(body, dict) else None
        if not isinstance(user_id, str) or not user_id.strip():
            raise _InvalidError("user_id is required")
        if user_id != self.credentials.user_id:
            raise _LockedOutError("user_id does not belong to this key")
        purses = {"photos": self.account.photo_credits, "videos": self.account.credits}
        return Answer(200, json.dumps(self.variant.balance(**purses)))

    def _nothing(self, _: web.Request, __: Any) -> Answer:
        raise _NoEndpointError("No such endpoint")


def _wanted(request: web.Request, body: Any) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise _InvalidError("Content-Type must be application/json")
    if not isinstance(body, dict):
        raise _InvalidError("The body must be a JSON object")
    wanted = body.get("sequence", {})
    if not isinstance(wanted, dict):
        raise _InvalidError("sequence must be an object")
    return wanted


def _id(value: Any, name: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _InvalidError(f"Invalid {name}")
    return value


def _optional_text(wanted: dict[str, Any], name: str) -> str | None:
    value = wanted.get(name)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise _InvalidError(f"Invalid sequence.{name}")
    return value


def _json_or_text(raw: str) -> Any:
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return raw


def _response(request: web.Request, answer: Answer) -> web.StreamResponse:
    if answer.status is None:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()  # never sent: aiohttp finds the connection closed
    headers = {} if answer.retry_after is None else {"Retry-After": answer.retry_after}
    return web.Response(
        status=answer.status, text=answer.text, content_type=answer.content_type, headers=headers
    )
