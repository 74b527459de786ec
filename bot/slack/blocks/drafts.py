"""Builds the button that opens the form with as much as we understood of what somebody wants."""

import json
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.domain.command import FAILED
from bot.domain.effects import Effects
from bot.domain.errors import StaleButton, UserError
from bot.domain.images import image_link
from bot.domain.parsing import sequences, video_id
from bot.domain.positions import typed
from bot.domain.request import Selection
from bot.domain.video import VideoId
from bot.slack.blocks.buttons import VERSION, button
from bot.slack.blocks.texts import Texts

OPEN_WITH = "open_form_with"


@dataclass(frozen=True, slots=True)
class Prefill:
    """Holds what stands in a form as it opens; the rest is left to whoever fills it in.

    Attributes:
        selection: by position, or what failed.
        effect: an API name.
        image: an https link.
    """

    video: VideoId | None = None
    selection: Selection = field(default_factory=Selection)
    effect: str | None = None
    image: str | None = None


def open_with(prefill: Prefill, texts: Texts) -> ButtonElement:
    """Returns the button that opens the form with that, for the channel it is pressed in."""
    fields = {
        "v": VERSION,
        "video": prefill.video,
        # As somebody would type them, so that one parser checks both.
        "sequences": typed_selection(prefill.selection),
        "effect": prefill.effect,
        "image": prefill.image,
    }
    kept = {key: each for key, each in fields.items() if each}
    carried = json.dumps(kept, separators=(",", ":"), ensure_ascii=False)
    return button(OPEN_WITH, texts.say("button-open-form"), carried, "primary")


def prefilled(text: str, effects: Effects) -> Prefill:
    """Returns what such a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields: dict[str, Any] = json.loads(text)
        if fields["v"] != VERSION:
            raise StaleButton
        video, chosen, effect, image = (
            fields.get(key) for key in ("video", "sequences", "effect", "image")
        )
        return Prefill(
            video_id(video) if video else None,
            sequences(chosen) if chosen else Selection(),
            effects.find(effect) if effect else None,
            image_link(image) if image else None,
        )
    except (UserError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise StaleButton from None


def typed_selection(selection: Selection) -> str:
    """Returns the sequences as the command understands them; empty where none are chosen."""
    return FAILED if selection.failed else typed(selection.positions)
