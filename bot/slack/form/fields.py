"""What a form carries, and what stands in its fields."""

import contextlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.errors import BadName
from bot.domain.names import video_name
from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.slack.blocks.modal import Modal

VIDEO = "form_video"
SEQUENCES = "form_sequences"
EFFECT = "form_effect"
IMAGE = "form_image"
CHANNEL = "form_channel"
"""Fields: the id of the action and, except for the sequences', of its block too."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """Where a form was opened, and what it says of credits.

    Attributes:
        channel: None for one that was opened from nowhere in particular.
        thread: the one in which it was opened.
        open_thread: the one that its person has open, as in `Origin`.
        cost: credits for one sequence, if known.
        left: credits on the account, if known.
        wanted: sequences that were spoken of without a video, as the command understands them.
        answer: Slack's link for private answers in the channel that was chosen; lives 30 minutes.
    """

    channel: ChannelId | None = None
    thread: MessageTs | None = None
    cost: float | None = None
    left: float | None = None
    answer: str | None = None
    open_thread: MessageTs | None = None
    wanted: str | None = None

    def value(self) -> str:
        """As a modal's private metadata."""
        return json.dumps({key: each for key, each in asdict(self).items() if each is not None})


def form_context(view: Modal) -> FormContext:
    """What the form carries. Slack keeps it, and shows it to nobody."""
    return FormContext(**json.loads(view["private_metadata"]))


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the fields.

    Attributes:
        called: the name under which the video was chosen, if it was.
        positions: the chosen sequences; None where the form does not show that video's.
        effect: an API name, or None for as it is now.
        image: as it was typed.
        channel: where to post.
    """

    video: VideoId | None = None
    called: str | None = None
    positions: tuple[int, ...] | None = None
    effect: str | None = None
    image: str | None = None
    channel: ChannelId | None = None


def draft(view: Modal) -> Draft:
    """What stands in the fields of a form, as Slack sent it."""
    values = view["state"]["values"]
    video = _option(values, VIDEO)
    shown = values.get(sequences_of(video or ""), {}).get(SEQUENCES)
    chosen = None if shown is None else shown.get("selected_options") or ()
    return Draft(
        video=None if video is None else VideoId(video),
        called=_name(_field(values, VIDEO).get("selected_option") or {}),
        positions=None if chosen is None else tuple(int(each["value"]) for each in chosen),
        effect=_option(values, EFFECT),
        image=_field(values, IMAGE).get("value"),
        channel=_field(values, CHANNEL).get("selected_conversation"),
    )


def sequences_of(video: str) -> str:
    """The block with a video's sequences. Another video's start without what was chosen there."""
    return f"{SEQUENCES}-{video}"


def _name(option: dict[str, Any]) -> str | None:
    """The name that such an option shows instead of the video's id."""
    words = option.get("text", {}).get("text")
    with contextlib.suppress(BadName):
        return video_name(words) if words and words != option.get("value") else None
    return None


def _field(values: dict[str, Any], name: str) -> dict[str, Any]:
    return values.get(name, {}).get(name) or {}


def _option(values: dict[str, Any], name: str) -> str | None:
    chosen = _field(values, name).get("selected_option")
    return None if chosen is None else str(chosen["value"])
