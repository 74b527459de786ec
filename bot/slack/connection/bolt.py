"""Sets Bolt up so that nothing stands between a delivery and its acknowledgement."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.connection.installation import Installation


class FromMemory(AsyncAuthorize):
    """Answers Bolt from memory: its own authorization calls auth.test before the first ack."""

    def __init__(self, installation: Installation) -> None:
        """Takes what `identify` learned."""
        self._result = AuthorizeResult(
            enterprise_id=installation.enterprise_id,
            team_id=installation.team_id,
            bot_user_id=installation.bot_user_id,
            bot_id=installation.bot_id,
            bot_token=installation.token,
        )

    async def __call__(self, **_: Any) -> AuthorizeResult:
        """Returns the same for every delivery: this bot lives in one workspace."""
        return self._result


def bolt(installation: Installation, client: AsyncWebClient) -> AsyncApp:
    """Returns an app without listeners.

    `web` checks signatures before Bolt sees a request. Bolt would log the bodies that it refuses,
    and fails on a timestamp that is no number (slack_sdk 3.48.0, `signature`).
    """
    # Bolt warns of a token in the environment, and of unknown actions with their whole body.
    quiet = logging.getLogger("slack_bolt.quiet")
    quiet.setLevel(logging.ERROR)
    # A client with a token makes Bolt pass over `authorize`, and ask auth.test after all.
    anonymous = AsyncWebClient(base_url=client.base_url, retry_handlers=[])
    return AsyncApp(
        name="regen-bot",
        logger=quiet,
        client=anonymous,
        authorize=FromMemory(installation),
        request_verification_enabled=False,
        # Without it Bolt looks every 10 ms for the acknowledgement that `UnderWay` hears of.
        process_before_response=True,
        attaching_function_token_enabled=False,
    )
