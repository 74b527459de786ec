"""Publishes Home tabs when somebody opens them, and keeps them current while something runs."""

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
"""Seconds between two looks at whose Home is out of date; each builds those Homes anew."""
WATCHED = 30 * 60.0
"""Seconds for which we assume that somebody still looks at a Home that they opened."""
MOST_REMEMBERED = 2**21
"""Bytes of digests that tell whether a Home has changed, enough for some 8,000 people."""


class HomeTabs:
    """Publishes everybody's Home tab, and keeps it current."""

    method = PUBLISH
    apart = HOMES_APART

    def __init__(
        self, context: AnsweringContext, reports: Reports, forms: Forms, welcome: Welcome
    ) -> None:
        """Takes `welcome` to greet people who open the Messages tab: Slack sends the same event."""
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
        """Returns the event of an opened Home, and the buttons there that open the form."""
        return (
            Route(RouteKind.EVENT, "app_home_opened", self.opened),
            Route(RouteKind.ACTION, OPEN_FORM, self._forms.everywhere),
            Route(RouteKind.ACTION, REGENERATE, self._forms.on_video),
        )

    async def opened(self, args: AsyncArgs) -> None:
        """Shows the tab that somebody opened as it is now."""
        await args.ack()
        event = args.body["event"]
        if event.get("tab") == "messages":
            await self._welcome.messages_opened(args.body)
        elif not self._switched_off:
            await self._open(args.body)

    async def refresh(self, body: dict[str, Any]) -> None:
        """Shows somebody who pressed a button there what has become of it."""
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
            # Only members' Homes are kept current: later nobody tells us an outsider's workspace.
            if await self._access.sees_credits_at_home(user, teams):
                await self._homes.note_opened(user)
            await self._show(user, seen, teams)
        except StoreAwayError:
            log.info("no Home tab is shown while Redis is away")
        except SlackBusyError as busy:
            log.info("no Home tab is shown %s", busy)
        self._stale.add(user)  # what changed meanwhile may have been overwritten, so look again

    async def out_of_date(self) -> Collection[str]:
        """Returns the people for whom something runs, or ran just now; nobody between two looks.

        Only a Home built anew, out of Redis, tells whether it has changed.
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
            # An administrator's Home shows everybody's requests.
            each
            for each in watching
            if each in busy or (busy and self._access.is_admin(each))
        }
        self._stale |= self._running

    async def prepare(self, name: str) -> Refreshment | None:
        """Returns what publishes somebody's Home; None if they see it as it is."""
        user = UserId(name)
        before = await self._homes.shown(user)  # before the view is built, as in `_show`
        view = await self._view(user)
        if _digest(view) != self._shown.get(user):
            return Refreshment(partial(self._refresh, user, view, before))
        if user not in self._running:  # its end has been shown, too
            self._stale.discard(user)
        return None

    async def _refresh(self, user: UserId, view: dict[str, Any], before: str | None) -> None:
        if not await self._publish(user, view, before, admitted=True):
            await self._show(user, None)

    async def _show(self, user: UserId, last: str | None, teams: Iterable[str] = ()) -> None:
        """Publishes somebody's Home as it is now; `last` is the hash of what they see, from Slack.

        The hash is read before the view is built, so that a slower replica cannot put an older view
        in the place of a newer one (docs.slack.dev, views.publish).
        """
        before = await self._homes.shown(user) or last
        if await self._publish(user, await self._view(user, teams), before):
            return
        now = await self._homes.shown(user)
        # The same hash again: the newest view was published but not noted, so we go without one.
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
        """Shows a view in the place of the one with that hash; returns False if that is gone.

        A view that Slack refuses is not tried again.

        Raises:
            SlackBusyError: Slack takes no view now.
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
            # A setting of the app, so it stays like that until we are started again.
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
    """Returns a digest that tells views apart; a view itself may have 300,000 characters."""
    return hashlib.sha256(json.dumps(view).encode()).digest()
