"""Finds out who is in which channel, by users.conversations."""

import logging

from bot.domain.request import ChannelId, UserId
from bot.fair_timeout import FairTimeout
from bot.slack.connection.errors import SlackError
from bot.slack.connection.web_api import WebApi, Where

log = logging.getLogger(__name__)

KINDS = {"channels:read": "public_channel", "groups:read": "private_channel"}
"""Kinds of channel, by the scope that each takes. Of private channels Slack tells only those that
the bot is in, which is enough: it can post in no others.
Source: docs.slack.dev/reference/methods/users.conversations."""
ASK_LIMIT = 1.5
"""Seconds. A submitted form waits for the answer, and Slack waits three seconds for the form."""
PAGE = 200
"""Conversations in one answer, the number that Slack recommends."""


class Memberships:
    """Asks Slack each time, so that somebody who has left a channel is out at once."""

    def __init__(self, slack: WebApi, scopes: frozenset[str], where: Where = str) -> None:
        """Without one of the scopes nobody counts as a member of such a channel."""
        self._slack = slack
        self._where = where
        self._kinds = [kind for scope, kind in KINDS.items() if scope in scopes]

    async def includes(self, user: UserId, channel: ChannelId) -> bool:
        """Returns whether Slack says that somebody is in a channel."""
        if not self._kinds:
            return False
        try:
            async with FairTimeout(ASK_LIMIT):
                return await self._found(user, self._where(channel))
        except (SlackError, TimeoutError) as error:
            log.info("whether somebody is in a channel is not known: %r", error)
            return False

    async def _found(self, user: UserId, channel: str) -> bool:
        cursor: str | None = ""
        while cursor is not None:
            answer = await self._slack.ask(
                "users.conversations",
                user=user,
                types=",".join(self._kinds),
                limit=PAGE,
                **({"cursor": cursor} if cursor else {}),
            )
            if any(each.get("id") == channel for each in answer.get("channels") or ()):
                return True
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
        return False
