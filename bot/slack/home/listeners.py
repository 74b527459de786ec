"""The Home tab: published when somebody opens it, and kept up to date while something runs."""

import hashlib
import json
import logging
import time
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.cache import Cache
from bot.domain.request import UserId
from bot.domain.video import VideoId
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.people import teams_of
from bot.slack.connection.errors import SlackBusyError, SlackError, SlackRefusedError
from bot.slack.connection.limits import HOMES_APART, PUBLISH
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.form.listeners import Forms
from bot.slack.home.rows import REGENERATE
from bot.slack.home.view import MOST_VIDEOS, OPEN_FORM, Viewer, home
from bot.slack.status.listeners import MOST_READ, Reports
from bot.slack.telling.refreshing import Refreshment
from bot.slack.welcome.listeners import Welcome
from bot.store.errors import StoreAwayError

log = logging.getLogger(__name__)

LOOKS_APART = 2.0
"""Seconds between two looks at whose Home is out of date."""
WATCHED = 30 * 60.0
"""Seconds for which somebody who opened theirs may still be looking at it."""
MOST_REMEMBERED = 2**21
"""Bytes of what tells whether a Home has changed: of some 8,000 people."""


class HomeTabs:
    """Everybody's Home tab."""

    method = PUBLISH
    apart = HOMES_APART

    def __init__(
        self, context: AnsweringContext, reports: Reports, forms: Forms, welcome: Welcome
    ) -> None:
        """`welcome` says hello to whoever opens the Messages tab: both are the same event."""
        self._welcome = welcome
        self._forms = forms
        self._slack = context.slack
        self._languages = context.languages
        self._reports = reports
        self._store = context.stores.requests
        self._homes = context.stores.homes
        self._videos = context.stores.videos
        self._access = context.access
        self._shown: Cache[UserId, bytes] = Cache(len, most=MOST_REMEMBERED)
        self._stale: set[UserId] = set()
        self._running: set[UserId] = set()
        self._next_look = 0.0
        self._switched_off = False

    def routes(self) -> tuple[Route, ...]:
        """Returns the event that somebody looks at theirs, and the ways to the form there."""
        return (
            Route(RouteKind.EVENT, "app_home_opened", self.opened),
            Route(RouteKind.ACTION, OPEN_FORM, self._forms.everywhere),
            Route(RouteKind.ACTION, REGENERATE, self._forms.on_video),
        )

    async def opened(self, args: AsyncArgs) -> None:
        """Shows theirs as it is now."""
        await args.ack()
        event = args.body["event"]
        if event.get("tab") == "messages":
            await self._welcome.messages_opened(args.body)
        elif not self._switched_off:
            await self._open(args.body)

    async def refresh(self, body: dict[str, Any]) -> None:
        """Shows somebody who pressed something there what has become of it."""
        user = UserId(str(body["user"]["id"]))
        view = body["view"]
        seen = view.get("hash") if view["type"] == "home" else None
        if not self._switched_off:
            await self._show_now(user, seen, teams_of(body))

    async def _open(self, body: dict[str, Any]) -> None:
        event = body["event"]
        user, seen = UserId(str(event["user"])), (event.get("view") or {}).get("hash")
        await self._show_now(user, seen, teams_of(body))

    async def _show_now(self, user: UserId, seen: str | None, teams: Iterable[str]) -> None:
        try:
            if await self._access.sees_credits_at_home(user, teams):
                await self._homes.note_opened(user)
            await self._show(user, seen, teams)
        except StoreAwayError:
            log.info("no Home tab is shown while Redis is away")
        except SlackBusyError as busy:
            log.info("no Home tab is shown %s", busy)
        self._stale.add(user)  # what has changed meanwhile may have been overwritten

    async def out_of_date(self) -> Collection[str]:
        """Returns those for whom something runs, or ran a moment ago; nobody between two looks.

        To tell whether a Home has changed, it has to be built, out of Redis.
        """
        if self._switched_off or time.monotonic() < self._next_look:
            return ()
        self._next_look = time.monotonic() + LOOKS_APART
        await self._look()
        return tuple(self._stale)

    async def _look(self) -> None:
        watching = await self._homes.watching(WATCHED)
        self._stale &= set(watching)
        if not watching:
            return
        newest = await self._store.newest(most=MOST_READ)
        busy = {each.origin.user for each in newest if not each.ended}
        self._running = {
            each for each in watching if each in busy or (busy and self._access.is_admin(each))
        }
        self._stale |= self._running

    async def prepare(self, name: str) -> Refreshment | None:
        """Returns what publishes theirs; None where they see it as it is."""
        user = UserId(name)
        before = await self._homes.shown(user)
        view = await self._view(user)
        if _digest(view) != self._shown.get(user):
            return Refreshment(partial(self._refresh, user, view, before))
        if user not in self._running:
            self._stale.discard(user)
        return None

    async def _refresh(self, user: UserId, view: dict[str, Any], before: str | None) -> None:
        if not await self._publish(user, view, before, admitted=True):
            await self._show(user, None)

    async def _show(self, user: UserId, last: str | None, teams: Iterable[str] = ()) -> None:
        """Publishes theirs as it is now; `last` is the hash of what they see, as Slack tells it.

        The hash is read before what is shown, so that a replica that was slower than another
        cannot put an older view in the place of a newer one (docs.slack.dev, views.publish).
        """
        before = await self._homes.shown(user) or last
        if await self._publish(user, await self._view(user, teams), before):
            return
        now = await self._homes.shown(user)
        # One that was published and not noted leads nowhere: then without, and read anew.
        await self._publish(user, await self._view(user, teams), None if now == before else now)

    async def _view(self, user: UserId, teams: Iterable[str] = ()) -> dict[str, Any]:
        sees = await self._access.sees_credits_at_home(user, teams)
        own = None if sees and self._access.is_admin(user) else user
        overview = await self._reports.of(user=own)
        if not sees:
            overview = overview.without_credits()
        videos = await self._lately(user) if sees else {}
        viewer = Viewer(user, own, videos)
        return home(overview.for_one(own), viewer, await self._languages.of(user))

    async def _lately(self, user: UserId) -> dict[VideoId, str | None]:
        """Returns the videos that somebody worked on last, and what they are called."""
        found = (await self._videos.recent(None, user))[:MOST_VIDEOS]
        names = await self._videos.names(found)
        return {each: names.get(each) for each in found}

    async def _publish(
        self, user: UserId, view: dict[str, Any], before: str | None, *, admitted: bool = False
    ) -> bool:
        """Shows a view in the place of the one with that hash; False where that is gone.

        One that Slack refuses is not tried again.

        Raises:
            SlackBusyError: not now.
        """
        try:
            answer = await self._slack.call(
                PUBLISH, admitted=admitted, user_id=user, view=view, hash=before
            )
        except SlackBusyError:
            raise
        except SlackRefusedError as refused:
            if refused.reason == "hash_conflict":
                return False
            self._switched_off = refused.reason == "not_enabled"
            log.warning("no Home tab: %s", refused)
        except SlackError as error:
            log.info("Home tab not shown: %r", error)
            return True
        else:
            await self._homes.note_published(user, str(answer["view"]["hash"]))
        self._shown[user] = _digest(view)
        return True


def _digest(view: dict[str, Any]) -> bytes:
    """Tells one view from another; a view itself may have 100 blocks of 3,000 characters."""
    return hashlib.sha256(json.dumps(view).encode()).digest()
