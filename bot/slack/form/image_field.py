"""The field for a new image, with what is wrong with the one that stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, CheckboxesElement, InputBlock, UrlInputElement

from bot.domain.images import MOST_CHARACTERS
from bot.slack.blocks.message import section
from bot.slack.blocks.modal import option
from bot.slack.blocks.texts import Texts
from bot.slack.form.fields import IMAGE, USE_IMAGE


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the image that stands in the field.

    Attributes:
        words: mrkdwn.
        doubts: the `Reason`s that can be agreed to; none where the image cannot be used.
    """

    words: str
    doubts: Sequence[str] = ()


def image_field(
    image: str | None, texts: Texts, *, flaw: Flaw | None = None, focused: bool = False
) -> list[Block]:
    """Returns the field, what is wrong beneath it, and the box to use the image all the same."""
    typed = UrlInputElement(
        action_id=IMAGE,
        placeholder=texts.say("form-as-it-is"),
        initial_value=(image or "")[:MOST_CHARACTERS] or None,
        focus_on_load=focused or None,
    )
    blocks: list[Block] = [
        InputBlock(
            block_id=IMAGE,
            label=texts.say("form-image"),
            element=typed,
            hint=texts.say("form-image-hint"),
            optional=True,
        )
    ]
    if flaw is not None:
        blocks.append(section(f"⚠️ {flaw.words}"))
    if flaw is not None and flaw.doubts:
        blocks.append(_use_it(flaw.doubts, texts))
    return blocks


def _use_it(doubts: Sequence[str], texts: Texts) -> InputBlock:
    box = CheckboxesElement(
        action_id=USE_IMAGE, options=[option(",".join(doubts), texts.say("button-use-picture"))]
    )
    label = texts.say("form-use-image")
    return InputBlock(block_id=USE_IMAGE, label=label, element=box, optional=True)
