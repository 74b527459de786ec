"""Takes a submitted form: shows mistakes beside their fields, asks, or starts the request."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import UserError
from bot.domain.images import image_link
from bot.domain.looking import PICTURE_REASONS
from bot.domain.parsing import video_id
from bot.domain.request import (
    ChannelId,
    Order,
    Origin,
    Reason,
    Request,
    RequestId,
    Selection,
    UserId,
)
from bot.domain.video import VideoId
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.intake import explained
from bot.slack.answering.interactions import in_view, request_id
from bot.slack.answering.modals import in_form, of_form
from bot.slack.blocks.modal import Modal, field_error, with_notice
from bot.slack.connection.routing import Route, RouteKind
from bot.slack.form.fields import (
    CHANNEL,
    EFFECT,
    IMAGE,
    VIDEO,
    Draft,
    FormContext,
    draft,
    form_context,
    sequences_of,
)
from bot.slack.form.looked_at import looking
from bot.slack.form.view import CONFIRM, FORM, confirmation, confirmed

_Mistakes = dict[str, UserError | str]
"""What is wrong, by block: an error, or the id of a text in the catalogue."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Submissions:
    """Answers within Slack's three seconds; closes the modal once the request is written down."""

    context: AnsweringContext

    def routes(self) -> tuple[Route, ...]:
        """Returns the form, and the question that takes its place."""
        return Route(RouteKind.VIEW, FORM, self.submit), Route(
            RouteKind.VIEW, CONFIRM, self.confirm
        )

    async def submit(self, args: AsyncArgs) -> None:
        """Takes the form: starts one sequence at once, asks first about several."""
        view, fields = args.body["view"], draft(args.body["view"])
        channel = fields.channel or ChannelId("")
        origin = in_view(args.body, self.context.intake.now(), channel)
        order, mistakes = self._read(fields, origin)
        access, place = self.context.access, form_context(view)
        if order.image is not None and fields.image == place.doubted:
            order = replace(order, agreed=fields.use)
        # Slack may have to be asked for this, so it comes last.
        if not mistakes and not await access.may_choose(origin.user, channel, place.channel):
            mistakes[CHANNEL] = "form-error-not-member"
        if mistakes:
            texts = await self.context.languages.of(origin.user)
            errors = {block: field_error(each, texts) for block, each in mistakes.items()}
            await args.ack(response_action="errors", errors=errors)
            return
        place = replace(_at(place, channel), answer=_link(args.body, channel))
        if len(order.selection.positions) > 1:
            texts = await self.context.languages.of(origin.user)
            # By `since` a late yes is asked about what others have started in between.
            asking = confirmation(replace(order, since=origin.at), place, texts)
            await args.ack(response_action="update", view=asking)
            return
        await self._start(args, lambda: _request(view, origin, place, order))

    async def confirm(self, args: AsyncArgs) -> None:
        """Takes the yes to several sequences, and starts them."""
        await self._start(args, lambda: self._agreed(args.body))

    def _agreed(self, body: dict[str, Any]) -> Request:
        view: Modal = body["view"]
        order, place = confirmed(view, self.context.effects)
        origin = in_view(body, self.context.intake.now(), place.channel or ChannelId(""))
        # They agreed to several, to the image as it is, and to nothing else there may be to ask.
        known = [each for each in order.agreed if each in PICTURE_REASONS]
        agreed = replace(order, agreed=(*known, Reason.SEVERAL.value))
        return _request(view, origin, place, agreed)

    async def _start(self, args: AsyncArgs, made: Callable[[], Request]) -> None:
        """Closes the modal once the request is written down; otherwise says in it why not.

        That changes the view's hash, so another try is a request of its own. A form with an image
        stays open, as the image is looked at only now.
        """
        by, written = UserId(args.body["user"]["id"]), list[Request]()

        async def write() -> None:
            request = made()
            await self.context.intake.accept(request)
            written.append(request)

        answer = await explained(write(), lambda: self.context.languages.of(by))
        if answer is not None:
            view = with_notice(args.body["view"], answer.text)
            await args.ack(response_action="update", view=view)
        elif in_form(written[0].origin):
            view = looking(self.context.languages.at_hand(by), written[0].origin)
            await args.ack(response_action="update", view=view)
        else:
            await args.ack()

    def _read(self, fields: Draft, origin: Origin) -> tuple[Order, _Mistakes]:
        """Returns what is wanted, as far as it can be read, and what is wrong with it."""
        wrong: _Mistakes = {}
        # Nothing is taken on trust: what is submitted need not have been offered.
        video = fields.video or VideoId("")
        _tried(wrong, VIDEO, lambda: video_id(video))
        positions = fields.positions or ()
        if fields.positions is None:
            wrong.setdefault(VIDEO, "form-error-not-shown")
        elif not positions:
            wrong[sequences_of(video)] = "form-error-sequences"
        effect = _tried(
            wrong,
            EFFECT,
            lambda: fields.effect and self.context.effects.find(fields.effect),
        )
        image = _tried(wrong, IMAGE, lambda: fields.image and image_link(fields.image))
        _tried(wrong, CHANNEL, lambda: self.context.access.check_at_hand(origin, origin.channel))
        selection, called = Selection(positions=positions), fields.called
        return Order(video, selection, effect or None, image or None, called=called), wrong


def _tried(wrong: _Mistakes, block: str, read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except UserError as error:
        wrong[block] = error
        return None


def _at(place: FormContext, channel: ChannelId) -> FormContext:
    """Returns where to post: in the thread only if its channel was chosen."""
    if channel == place.channel:
        return place
    return replace(place, channel=channel, thread=None, open_thread=None)


def _request(view: Modal, origin: Origin, place: FormContext, order: Order) -> Request:
    name = _name(view)
    asked = _of(origin, place)
    return Request(name, asked if order.image is None else of_form(asked, name), order)


def _of(origin: Origin, place: FormContext) -> Origin:
    """Returns who asked, with where to post and where to answer them."""
    return replace(
        origin,
        thread=place.thread,
        response_url=place.answer,
        open_thread=place.open_thread,
    )


def _link(body: dict[str, Any], channel: ChannelId) -> str | None:
    """Returns Slack's link for private answers in the channel that was chosen.

    Source: docs.slack.dev/surfaces/modals, `response_urls`.
    """
    for each in body.get("response_urls") or ():
        if each.get("channel_id") == channel and each.get("response_url"):
            return str(each["response_url"])
    return None


def _name(view: Modal) -> RequestId:
    """Returns an id, the same for each delivery: a view's hash changes with what it shows."""
    return request_id("form", str(view.get("root_view_id") or view["id"]), str(view["hash"]))
