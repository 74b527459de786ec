"""Opens and fills modals."""

import asyncio
import logging
from dataclasses import replace

from bot.domain.request import Origin, RequestId
from bot.slack.blocks.answers import answers
from bot.slack.blocks.message import Message
from bot.slack.blocks.modal import Modal
from bot.slack.blocks.texts import Texts
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.connection.web_api import WebApi

log = logging.getLogger(__name__)

_FORM = "form-"
"""How the `external_id` of a form begins; that of what Home answers in is the request's id."""
PAUSES = (0.5, 1.0)
"""Seconds between tries to fill a modal while Slack is in trouble."""
_TOO_SLOW = {"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"}
"""Source: docs.slack.dev, views.open."""


def of_form(origin: Origin, request_id: RequestId) -> Origin:
    """Returns who asked, to be answered in the form that stays open."""
    return replace(origin, view=f"{_FORM}{request_id}")


def in_form(origin: Origin) -> bool:
    """Returns whether they asked in a form that has stayed open."""
    return origin.view is not None and origin.view.startswith(_FORM)


def at_home(origin: Origin) -> bool:
    """Returns whether they asked on the Home tab, where no conversation is seen."""
    return origin.view is not None and not in_form(origin)


async def open_modal(slack: WebApi, trigger: str, view: Modal) -> str | None:
    """Opens a modal and returns its id; None if that took longer than Slack's three seconds.

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


async def fill_modal(slack: WebApi, view_id: str, view: Modal) -> None:
    """Fills a modal that is still loading. Trying again is safe: nobody has chosen anything yet.

    Raises:
        SlackError: one of its subclasses; Slack refuses it, or is in trouble for longer.
    """
    for pause in PAUSES:
        try:
            await update_modal(slack, view_id, view)
        except SlackRefusedError:
            raise
        except SlackError as trouble:
            log.info("a modal is not filled yet: %r", trouble)
            await asyncio.sleep(pause)
        else:
            return
    await update_modal(slack, view_id, view)


async def update_modal(
    slack: WebApi, view_id: str, view: Modal, *, seen: str | None = None
) -> bool:
    """Replaces what a modal shows, unless somebody has closed it.

    Returns False where the modal has changed since it had the hash `seen` (docs.slack.dev,
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


async def answer_in_modal(slack: WebApi, origin: Origin, message: Message, texts: Texts) -> bool:
    """Returns whether a person was answered in the modal in which they asked.

    Whichever replica answers knows it by its `external_id` (docs.slack.dev, views.update). It is
    gone once they have closed it.

    Raises:
        SlackError: one of its subclasses; not now, or nobody knows.
    """
    if not at_home(origin):
        return False
    for view in answers(message, texts, "home-request"):
        try:
            # An update takes the place of everything, also of the external_id.
            kept = view | {"external_id": origin.view}
            await slack.call("views.update", external_id=origin.view, view=kept)
        except SlackRefusedError as refused:
            log.info("not told in the modal: %s", refused)
            if refused.reason == "not_found":
                return False
        else:
            return True
    return False
