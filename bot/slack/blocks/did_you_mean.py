"""Offers videos that somebody may have meant: a press does what they asked, with that video."""

import json
from collections.abc import Mapping

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.domain.command import (
    FollowVideo,
    NameVideo,
    ShowRequest,
    ShowStoryboard,
    ShowTakes,
    VideoRef,
)
from bot.domain.errors import StaleButton, UserError
from bot.domain.names import video_name
from bot.domain.parsing import video_id
from bot.domain.request import MessageTs, Order
from bot.domain.video import VideoId
from bot.slack.blocks.buttons import GO_AHEAD, STORYBOARD, button, value
from bot.slack.blocks.following import FOLLOW
from bot.slack.blocks.message import Message, line, section
from bot.slack.blocks.problems import sentence
from bot.slack.blocks.take_buttons import EARLIER_TAKES
from bot.slack.blocks.texts import Texts

NAME_MEANT = "name_meant"
SHOW = "show_request"
"""Shows a request's card again; for a video, the card of its newest request."""
_MOST_CALLED = 40
"""Characters of a video's name or id on a button."""

Wanted = Order | ShowStoryboard | ShowRequest | ShowTakes | FollowVideo | NameVideo
"""What somebody asked of a video that does not exist."""


def did_you_mean(
    error: UserError,
    wanted: Wanted,
    near: Mapping[VideoId, str | None],
    thread: MessageTs | None,
    texts: Texts,
) -> Message:
    """Says what is wrong and offers the videos by name; a regeneration goes on in `thread`."""
    offers = [
        ActionsBlock(elements=[_offer(wanted, video, name, thread, texts)])
        for video, name in near.items()
    ]  # each in a row of its own: Slack takes an `action_id` once in a block
    words = [sentence(error, texts), texts.say("did-you-mean", count=len(near))]
    return Message.of([section("\n".join(words)), *offers], texts.say)


def _offer(
    wanted: Wanted, video: VideoId, name: str | None, thread: MessageTs | None, texts: Texts
) -> ButtonElement:
    called = line(name or video, _MOST_CALLED)
    match wanted:
        case Order():
            # Drops what they agreed to, since that was about the video that does not exist.
            meant = Order(video, wanted.selection, wanted.effect, wanted.image, since=wanted.since)
            label = texts.say("button-regenerate-which", what=called)
            return button(GO_AHEAD, label, value(meant, thread))
        case ShowStoryboard():
            return button(STORYBOARD, texts.say("button-storyboard-of", video=called), video)
        case ShowRequest():
            return button(SHOW, texts.say("button-show-of", video=called), video)
        case FollowVideo():
            return button(FOLLOW, texts.say("button-follow-of", video=called), video)
        case ShowTakes():
            order = Order(video, wanted.selection)
            label = texts.say("button-takes-of", video=called)
            return button(EARLIER_TAKES, label, value(order, thread))
        case NameVideo():
            carried = json.dumps({"video": video, "name": wanted.name}, ensure_ascii=False)
            return button(NAME_MEANT, texts.say("button-name-of", video=called), carried)


def naming(text: str) -> NameVideo:
    """Returns what such a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(text)
        video = video_id(fields["video"])
        return NameVideo(VideoRef(video, id=video), video_name(fields["name"]))
    except (UserError, KeyError, TypeError, ValueError, RecursionError):
        raise StaleButton from None
