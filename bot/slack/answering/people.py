"""Finds out who people are: asks users.info once an hour for each."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.cache import Cache
from bot.domain.permissions import Person
from bot.domain.request import UserId
from bot.fair_timeout import FairTimeout
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.web_api import WebApi

log = logging.getLogger(__name__)

SCOPE = "users:read"
KNOWN_FOR = 3600.0
"""Seconds; people seldom change their language or become guests, and users.info is Tier 4."""
SILENT_FOR = 30.0
"""Seconds for which we do not wait again after an answer did not come."""
ASK_LIMIT = 1.0
"""Seconds that an answer to a person waits for their profile."""
MOST_REMEMBERED = 8 * 2**20
"""Bytes of profiles that are kept, enough for 10,000 people and more."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Holds what Slack says of somebody.

    Attributes:
        name: what they are called there; empty where that is not known.
        locale: the language of their Slack, such as `fr-FR`; empty where that is not known.
        teams: workspaces and organisations that they belong to, ids.
        guest: they are a guest there, of one channel or several.
    """

    name: str = ""
    locale: str = ""
    teams: frozenset[str] = frozenset()
    guest: bool = False


class People:
    """Keeps everybody's profile, shared by all who need something of it."""

    def __init__(self, slack: WebApi, scopes: frozenset[str]) -> None:
        """Without the scope `users:read` no profile is ever known."""
        self._slack = slack
        self._may_ask = SCOPE in scopes
        self._known: Cache[UserId, tuple[Profile, float]] = Cache(
            lambda known: _size(known[0]), most=MOST_REMEMBERED
        )
        self._silent: Cache[UserId, float] = Cache(lambda _: 0, most=MOST_REMEMBERED)

    @property
    def can_tell(self) -> bool:
        """Returns whether we may ask Slack for profiles."""
        return self._may_ask

    def at_hand(self, user: UserId) -> Profile | None:
        """Returns their profile as we last heard it, however long ago."""
        known = self._known.get(user)
        return None if known is None else known[0]

    def person(self, user: UserId, teams: Iterable[str]) -> Person:
        """Returns somebody as far as we know them; `teams` are those that a delivery named."""
        profile, until = self._known.get(user) or (Profile(), 0.0)
        if until < time.monotonic():
            # Without the scope everybody counts as known, or nobody could spend.
            return Person(user, frozenset(teams), known=not self._may_ask)
        return Person(user, profile.teams.union(teams), profile.guest)

    async def look_up(self, user: UserId) -> None:
        """Asks for somebody's profile if we do not know it, and waits `ASK_LIMIT` at most."""
        now = time.monotonic()
        _, until = self._known.get(user) or (None, 0.0)
        if not self._may_ask or until > now or (self._silent.get(user) or 0.0) > now:
            return
        try:
            async with FairTimeout(ASK_LIMIT):
                await self.ask(user)
        except (SlackError, TimeoutError) as error:
            log.info("who somebody is is not known: %r", error)
            self._silent[user] = now + SILENT_FOR

    async def ask(self, user: UserId) -> None:
        """Asks for somebody's profile.

        Raises:
            SlackError: one of its subclasses; it is not known.
        """
        try:
            answer = await self._slack.ask("users.info", user=user, include_locale="true")
        except SlackRefusedError as refused:
            if refused.reason == "missing_scope":  # taken away since the start
                log.warning("%s was taken away: guests are not told apart any more", SCOPE)
                self._may_ask = False
            raise
        profile = _profile(answer.get("user") or {})
        self._known[user] = profile, time.monotonic() + KNOWN_FOR


def teams_of(body: dict[str, Any]) -> tuple[str, ...]:
    """Returns the workspaces and organisations of the person that a delivery names.

    Under a message, `team` and `enterprise` of an interaction are the app's; in a view they are the
    person's. So we do not look at them (java-slack-sdk#1041; bolt-python, test_view_submission.py).
    A command names where it was typed, since Slack does not offer it to people of other ones.
    """
    user = body.get("user")
    told = user if isinstance(user, dict) else body
    named = [told.get("team_id"), told.get("enterprise_id")]
    return tuple(each for each in named if isinstance(each, str) and each)


def _size(profile: Profile) -> int:
    return sum(map(len, (profile.name, profile.locale, *profile.teams)))


def _profile(user: dict[str, Any]) -> Profile:
    """Reads a user object; on Enterprise Grid the organisation stands in one of two places.

    Source: docs.slack.dev/reference/objects/user-object; java-slack-sdk, users.info.json.
    """
    organised = user.get("enterprise_user") or {}
    named = [
        user.get("team_id"),
        user.get("enterprise_id"),
        organised.get("enterprise_id"),
        *(organised.get("teams") or ()),
    ]
    shown = user.get("profile") or {}
    return Profile(
        # The display name is empty unless its person has chosen one.
        name=str(shown.get("display_name") or shown.get("real_name") or ""),
        locale=str(user.get("locale") or ""),
        teams=frozenset(str(each) for each in named if each),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
    )
