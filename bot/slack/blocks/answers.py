"""Shows an answer to one person as a modal, where there is no conversation to say it in."""

from collections.abc import Iterator

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, CarouselBlock

from bot.slack.blocks.agreeing import AFTER_RENDER
from bot.slack.blocks.buttons import GO_AHEAD, button
from bot.slack.blocks.message import Message, line, section
from bot.slack.blocks.modal import Modal, modal
from bot.slack.blocks.problems import plain
from bot.slack.blocks.texts import Texts

AGREE = "agree"
"""Callback id of a modal that asks before credits are spent."""
AFTER_RENDER_HERE = "home_after_render"
"""The other yes in such a modal, as it has one button alone that submits."""
MOST_BLOCKS = 100
"""Blocks of a view. Source: docs.slack.dev/reference/views/modal-views."""
_MOST_SUBMIT = 24
"""Characters of the button that submits. Source: the same page."""


def loading(texts: Texts, title: str) -> Modal:
    """Returns the modal to open at once, since Slack gives three seconds for that."""
    return next(answers(plain("form-loading", texts), texts, title))


def answers(message: Message, texts: Texts, title: str) -> Iterator[Modal]:
    """Yields the message as a modal, then simpler modals in case Slack refuses its pictures.

    The yes to a question becomes the button that submits, and the one after a render stays beside
    it. Of the other buttons only links stay, since the others act in a conversation. Home has
    buttons of its own for what they do.
    """
    yes = next((each for each in _buttons(message) if each.action_id == GO_AHEAD), None)
    for attempt in (message, *message.plainer()):
        # Slack takes carousels in messages and on Home only.
        if not any(isinstance(block, CarouselBlock) for block in attempt.blocks):
            yield _as_modal(attempt, yes, texts, title)


def _as_modal(message: Message, yes: ButtonElement | None, texts: Texts, title: str) -> Modal:
    blocks = [part for block in message.blocks for part in _without_buttons(block)]
    # The plainest message has no blocks, but a view needs one.
    shown = (blocks or _said(message))[:MOST_BLOCKS]
    if yes is None:
        # Without a button that submits there is nothing to cancel, so the other one says «Close».
        return modal(texts.say(title), shown, texts, close=texts.say("home-close"))
    return modal(
        texts.say(title),
        shown,
        texts,
        callback=AGREE,
        submit=line(yes.text.text if yes.text else "", _MOST_SUBMIT),
        carries=yes.value,
    )


def _said(message: Message) -> list[Block]:
    return [section(message.text)]


def _buttons(message: Message) -> Iterator[ButtonElement]:
    for block in message.blocks:
        for each in block.elements if isinstance(block, ActionsBlock) else ():
            if isinstance(each, ButtonElement):
                yield each


def _without_buttons(block: Block) -> list[Block]:
    if not isinstance(block, ActionsBlock):
        return [block]
    kept = [_kept(each) for each in block.elements if isinstance(each, ButtonElement)]
    elements = [each for each in kept if each is not None]
    return [ActionsBlock(elements=elements)] if elements else []


def _kept(element: ButtonElement) -> ButtonElement | None:
    if element.action_id == AFTER_RENDER and element.text is not None:
        return button(AFTER_RENDER_HERE, element.text.text, element.value or "")
    return element if element.url else None
