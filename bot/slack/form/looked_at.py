"""What a form shows once its image was looked at: that it has started, or the form once more.

Slack closes no modal for us, and its three seconds are over before an image was looked at.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass

from bot.domain.errors import BadImage, UserError
from bot.domain.looking import PICTURE_REASONS, AskAboutPicture, NotAPicture
from bot.domain.request import Origin, Request
from bot.slack.answering.modals import in_form
from bot.slack.blocks.message import section
from bot.slack.blocks.modal import Modal, modal
from bot.slack.blocks.picture_words import doubts
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.texts import Texts
from bot.slack.connection.errors import SlackError, SlackRefusedError
from bot.slack.form.fields import Draft, FormContext
from bot.slack.form.image_field import Flaw
from bot.slack.form.listeners import Forms
from bot.slack.form.view import Form, form

log = logging.getLogger(__name__)

_PAUSE = 0.5
"""Seconds after which a modal that is not there is looked for again: Slack may still be reading the
acknowledgement that gave it its name."""


def looking(texts: Texts, origin: Origin) -> Modal:
    """Returns what takes the form's place when it was submitted with an image."""
    return _saying(texts.say("form-looking"), texts) | {"external_id": origin.view}


def _saying(words: str, texts: Texts) -> Modal:
    return modal(texts.say("form-title"), [section(words)], texts, close=texts.say("home-close"))


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Finds the modal by its `external_id`, as any replica can (docs.slack.dev, views.update)."""

    forms: Forms

    async def tell(self, request: Request, problem: UserError) -> bool:
        """Returns whether the problem was said in the form; else it has to be said in private."""
        if not in_form(request.origin):
            return False
        texts = await self.forms.context.languages.of(request.origin.user)
        flaw = _flaw(problem, texts)
        if flaw is None:
            # Anything else is answered in private as ever, and the form says where.
            channel = f"<#{request.origin.channel}>"
            await self._show(request, _saying(texts.say("form-told", channel=channel), texts))
            return False
        return await self._show(request, await self._again(request, flaw, texts))

    async def started(self, request: Request) -> None:
        """Says that it has started, and where."""
        if not in_form(request.origin) or request.message is None:
            return
        texts = await self.forms.context.languages.of(request.origin.user)
        link = texts.link(request.origin.channel, request.message, request.origin.thread)
        with contextlib.suppress(SlackError):  # the card says so too
            await self._show(request, _saying(texts.say("form-started", link=link), texts))

    async def _again(self, request: Request, flaw: Flaw, texts: Texts) -> Modal:
        """Returns the form with everything that was chosen in it."""
        order, origin = request.order, request.origin
        doubted = order.image if flaw.doubts else None
        place = FormContext(
            origin.channel, origin.thread, open_thread=origin.open_thread, doubted=doubted
        )
        fields = Draft(
            order.video, order.called, None, order.effect, order.image, channel=origin.channel
        )
        start = Form(place, fields, flaw=flaw, shared_too=self.forms.shared_too)
        shown = await self.forms.filled(start, order.selection, texts)
        return form(await self.forms.discreet(shown, origin), texts)

    async def _show(self, request: Request, view: Modal) -> bool:
        """Returns whether the modal is still open.

        Raises:
            SlackError: not now, or nobody knows.
        """
        named, slack = view | {"external_id": request.origin.view}, self.forms.context.slack
        for pause in (_PAUSE, None):
            try:
                await slack.call("views.update", external_id=request.origin.view, view=named)
            except SlackRefusedError as refused:
                log.info("not shown in the form: %s", refused)
                if refused.reason != "not_found" or pause is None:
                    return False
                await asyncio.sleep(pause)
            else:
                return True
        return False


def _flaw(problem: UserError, texts: Texts) -> Flaw | None:
    """Returns what is wrong with the image, if that is the problem."""
    if isinstance(problem, NotAPicture | BadImage):
        return Flaw(sentence(problem, texts))
    if isinstance(problem, AskAboutPicture):
        asked = [each for each in problem.reasons if each in PICTURE_REASONS]
        return Flaw(" ".join(doubts(problem, texts)), asked)
    return None
