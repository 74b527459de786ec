"""What stands under a question before credits are spent: yes, after the render, leave it."""

from dataclasses import replace

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, InteractiveElement

from bot.domain.looking import PICTURE_REASONS
from bot.domain.request import MessageTs, Order, Reason, Request
from bot.slack.blocks.buttons import GO_AHEAD, PrivateCopy, button, same, value
from bot.slack.blocks.texts import Texts

AFTER_RENDER = "after_render"
LEAVE_IT = "leave_it"
KEEP_WAITING = "keep_waiting"
CANCEL_WAITING = "cancel_waiting"


def agreeing(count: int, order: Order, thread: MessageTs | None, texts: Texts) -> ActionsBlock:
    """Returns the yes to `count` sequences; of an order that waits for a render, that yes."""
    if order.after_render:
        return ActionsBlock(elements=[_after_render(order, thread, texts, "primary")])
    return ActionsBlock(elements=[_go_ahead(count, order, thread, texts)])


def choosing(count: int, order: Order, thread: MessageTs | None, texts: Texts) -> ActionsBlock:
    """Returns the choices where a render would be cancelled: now, once it is over, or never."""
    elements: list[InteractiveElement] = [
        _go_ahead(count, order, thread, texts),
        _after_render(order, thread, texts),
        button(LEAVE_IT, texts.say("button-leave-it"), LEAVE_IT),
    ]
    return ActionsBlock(elements=elements)


def keep_waiting(request: Request, texts: Texts, copied: PrivateCopy | None = None) -> ActionsBlock:
    """Returns the way back in line, where it could not be sent in time; it costs nothing yet."""
    carried = same(request, request.generations, copied, after_render=True)
    label = texts.say("button-keep-waiting")
    return ActionsBlock(elements=[button(KEEP_WAITING, label, carried, "primary")])


def cancel_waiting(request: Request, texts: Texts) -> ActionsBlock:
    """Returns what stands under the card of a request that waits for a render."""
    label = texts.say("button-cancel-waiting")
    return ActionsBlock(elements=[button(CANCEL_WAITING, label, request.id)])


def _go_ahead(count: int, order: Order, thread: MessageTs | None, texts: Texts) -> ButtonElement:
    key = "button-go-ahead-several" if count > 1 else "button-go-ahead"
    # Only where a yes agrees to nothing else does the button speak of the picture alone.
    if order.agreed and PICTURE_REASONS.issuperset(order.agreed):
        key = "button-use-picture"
    return button(GO_AHEAD, texts.say(key, count=count), value(order, thread), style="primary")


def _after_render(
    order: Order, thread: MessageTs | None, texts: Texts, style: str | None = None
) -> ButtonElement:
    # Not agreed to: whoever reads this and knows of no waiting, an older release, has to ask.
    agreed = tuple(each for each in order.agreed if each != Reason.RENDERING)
    waits = value(replace(order, after_render=True, agreed=agreed), thread)
    return button(AFTER_RENDER, texts.say("button-after-render"), waits, style)
