"""Asks Slack once, at the start, who this bot is in its workspace."""

import asyncio
import logging
from dataclasses import dataclass, field

from bot.slack.connection.errors import SlackError, SlackRefusedError, SlackUnauthorisedError
from bot.slack.connection.web_api import WebApi

log = logging.getLogger(__name__)

RETRY_PAUSE = 2.0
"""Seconds between two tries to reach Slack."""


class SlackFatalError(Exception):
    """Slack will not work with this bot until somebody mends it; the text says how."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The bot's place in its workspace.

    Attributes:
        url: the workspace's address, with a slash at its end.
        scopes: what the bot token was granted.
    """

    team_id: str | None
    enterprise_id: str | None
    bot_id: str | None
    bot_user_id: str | None
    url: str
    scopes: frozenset[str]
    token: str = field(repr=False)


async def identify(slack: WebApi, token: str) -> Installation:
    """Asks Slack whose token it is, again and again until Slack can be reached.

    Raises:
        SlackFatalError: Slack refuses the token.
    """
    while True:
        try:
            answer = await slack.ask("auth.test")
        except (SlackUnauthorisedError, SlackRefusedError) as refused:
            raise bot_token_refused(str(refused)) from refused
        # Also where the workspace is just being moved, which says nothing about the token.
        except SlackError as error:
            log.warning("Slack does not say yet who this bot is (%r); trying again", error)
            await asyncio.sleep(RETRY_PAUSE)
            continue
        headers = {key.lower(): each for key, each in answer.headers.items()}
        # Slack tells what was granted only in the headers of an answer.
        granted = str(headers.get("x-oauth-scopes", "")).split(",")
        return Installation(
            team_id=answer.get("team_id"),
            enterprise_id=answer.get("enterprise_id"),
            bot_id=answer.get("bot_id"),
            bot_user_id=answer.get("user_id"),
            url=str(answer.get("url") or "https://slack.com/"),
            scopes=frozenset(each.strip() for each in granted if each.strip()),
            token=token,
        )


def bot_token_refused(reason: str) -> SlackFatalError:
    """Returns the error that says what to do about a bot token that Slack refuses."""
    return SlackFatalError(
        f"Slack refuses SLACK_BOT_TOKEN ({reason}): install the app again and copy its Bot User "
        "OAuth Token; `regen-bot doctor` says more"
    )
