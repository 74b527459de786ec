"""Opens and fills modals."""

import logging

from bot.slack.blocks.modal import Modal
from bot.slack.web_api import SlackRefusedError, WebApi

log = logging.getLogger(__name__)

_TOO_SLOW = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}
"""Source: docs.slack.dev, views.open."""


async def open_modal(slack: WebApi, trigger: str, view: Modal) -> str | None:
    """The id of the opened view; None where it took longer than Slack's three seconds.

    Raises:
        SlackError: one of its subclasses; it was not opened, or may not have been.
    """
    try:
        answer = await slack.call("views.open", trigger_id=trigger, view=view)
    except SlackRefusedError as refused:
        if refused.reason not in _TOO_SLOW:
            raise
        log.info("no modal: %s", refused)
        return None
    return str(answer["view"]["id"])


async def update_modal(
    slack: WebApi, view_id: str, view: Modal, *, seen: str | None = None
) -> bool:
    """Shows that instead, unless somebody has closed it.

    Returns False where it does not show any more what had the hash `seen` (docs.slack.dev,
    views.update).

    Raises:
        SlackError: one of its subclasses.
    """
    try:
        await slack.call("views.update", view_id=view_id, view=view, hash=seen)
    except SlackRefusedError as refused:
        if refused.reason == "hash_conflict":
            return False
        if refused.reason != "not_found":
            raise
    return True
