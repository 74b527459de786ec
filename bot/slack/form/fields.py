"""Reads what a form carries, and what is in its fields."""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.domain.errors import BadName
from bot.domain.looking import PICTURE_REASONS
from bot.domain.names import video_name
from bot.domain.request import ChannelId, MessageTs
from bot.domain.video import VideoId
from bot.slack.blocks.modal import Modal

VIDEO = "form_video"
SEQUENCES = "form_sequences"
EFFECT = "form_effect"
IMAGE = "form_image"
USE_IMAGE = "form_use_image"
CHANNEL = "form_channel"
"""Ids of each field's action and block. For the block of the sequences see `sequences_of`."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """Holds where a form was opened, and what it says of credits.

    Attributes:
        channel: None if it was opened outside any channel.
        thread: the thread in which it was opened.
        open_thread: the thread that its person has open, as in `Origin`.
        cost: credits for one sequence, if known.
        left: credits on the account, if known.
        wanted: sequences that were named before the video was known, as typed in the command.
        answer: Slack's link for private answers in the chosen channel; lives 30 minutes.
        doubted: the image that a yes in `USE_IMAGE` is about.
    """

    channel: ChannelId | None = None
    thread: MessageTs | None = None
    cost: float | None = None
    left: float | None = None
    answer: str | None = None
    open_thread: MessageTs | None = None
    wanted: str | None = None
    doubted: str | None = None

    def value(self) -> str:
        """Returns it as a modal's private metadata."""
        return json.dumps({key: each for key, each in asdict(self).items() if each is not None})


def form_context(view: Modal) -> FormContext:
    """Returns what the form carries. Slack keeps that, and shows it to nobody.

    A replica of another release may have opened the form: what only that one knows is left out.
    """
    carried = json.loads(view["private_metadata"])
    known = {each.name for each in fields(FormContext)}
    return FormContext(**{key: each for key, each in carried.items() if key in known})


@dataclass(frozen=True, slots=True)
class Draft:
    """Holds what is in the fields.

    Attributes:
        called: the name under which the video was chosen, if it has one.
        positions: the chosen sequences; None if the form does not show those of this video.
        effect: an API name; None leaves the effect as it is.
        image: as it was typed.
        channel: where to post.
        use: the `Reason`s for which the image might be wrong, and which do not matter.
    """

    video: VideoId | None = None
    called: str | None = None
    positions: tuple[int, ...] | None = None
    effect: str | None = None
    image: str | None = None
    channel: ChannelId | None = None
    use: tuple[str, ...] = ()


def draft(view: Modal) -> Draft:
    """Returns what is in the fields of a form that Slack sent."""
    values = view["state"]["values"]
    video = _option(values, VIDEO)
    # Not there until the form shows the sequences of the video that was just chosen.
    shown = values.get(sequences_of(video or ""), {}).get(SEQUENCES)
    chosen = None if shown is None else shown.get("selected_options") or ()
    return Draft(
        video=None if video is None else VideoId(video),
        called=_name(_field(values, VIDEO).get("selected_option") or {}),
        positions=None if chosen is None else tuple(int(each["value"]) for each in chosen),
        effect=_option(values, EFFECT),
        image=_field(values, IMAGE).get("value"),
        channel=_field(values, CHANNEL).get("selected_conversation"),
        use=_used(_field(values, USE_IMAGE).get("selected_options") or ()),
    )


def sequences_of(video: str) -> str:
    """Returns the id of the block with a video's sequences.

    Slack keeps what was chosen in a block of the same id, so each video has its own.
    """
    return f"{SEQUENCES}-{video}"


def _name(option: dict[str, Any]) -> str | None:
    """Returns the name that an option shows instead of the video's id; None if it shows the id."""
    words = option.get("text", {}).get("text")
    with contextlib.suppress(BadName):
        return video_name(words) if words and words != option.get("value") else None
    return None


def _used(ticked: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Returns the reasons that stand behind the box, where it is ticked."""
    said = [reason for each in ticked for reason in str(each.get("value")).split(",")]
    return tuple(each for each in said if each in PICTURE_REASONS)


def _field(values: dict[str, Any], name: str) -> dict[str, Any]:
    return values.get(name, {}).get(name) or {}


def _option(values: dict[str, Any], name: str) -> str | None:
    chosen = _field(values, name).get("selected_option")
    return None if chosen is None else str(chosen["value"])
