"""The buttons of following: begin, stop, go on. Each works on an emptied Redis, too."""

import json

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, InteractiveElement

from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.follow import Follow
from bot.domain.parsing import video_id
from bot.domain.request import RequestId
from bot.domain.video import VideoId
from bot.slack.blocks import buttons
from bot.slack.blocks.buttons import button
from bot.slack.blocks.texts import Texts

FOLLOW = "follow"
STOP_FOLLOWING = "stop_following"
KEEP_FOLLOWING = "keep_following"


def follow(video: VideoId, texts: Texts) -> list[ButtonElement]:
    """Follows the video where it is pressed; none where following is switched off."""
    return [button(FOLLOW, texts.say("button-follow"), video)] if texts.follows else []


def stop(followed: Follow, texts: Texts) -> ButtonElement:
    """Under a card that is still edited."""
    return button(STOP_FOLLOWING, texts.say("button-stop-watching"), followed.id)


def keep(followed: Follow, texts: Texts) -> ActionsBlock:
    """Under one that ended before the video was ready: goes on in the same card."""
    carried = json.dumps({"video": followed.video, "follow": followed.id})
    words = texts.say("button-keep-watching")
    elements: list[InteractiveElement] = [
        button(KEEP_FOLLOWING, words, carried, "primary"),
        buttons.storyboard(followed.video, texts),
    ]
    return ActionsBlock(elements=elements)


def kept(value: str) -> tuple[VideoId, RequestId]:
    """Returns the video and the follow that such a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        fields = json.loads(value)
        return video_id(fields["video"]), RequestId(str(fields["follow"]))
    except (NotAVideo, KeyError, TypeError, ValueError, RecursionError):
        raise StaleButton from None
