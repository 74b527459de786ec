"""The buttons of following: begin, stop, go on. Each works on an emptied Redis, too."""

import json

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InteractiveElement

from bot.domain.errors import NotAVideo, StaleButton
from bot.domain.follow import Follow
from bot.domain.parsing import video_id
from bot.domain.request import ChannelId, MessageTs, RequestId
from bot.domain.video import VideoId
from bot.slack.blocks import buttons
from bot.slack.blocks.buttons import button
from bot.slack.blocks.placing import place_of
from bot.slack.blocks.texts import Texts

FOLLOW = "follow"
FOLLOW_THERE = "follow_there"
STOP_FOLLOWING = "stop_following"
KEEP_FOLLOWING = "keep_following"


def follow(video: VideoId, texts: Texts) -> list[ButtonElement]:
    """Follows the video where it is pressed; none where following is switched off."""
    return [button(FOLLOW, texts.say("button-follow"), video)] if texts.follows else []


def follow_there(
    video: VideoId, channel: ChannelId, thread: MessageTs | None, texts: Texts
) -> list[Block]:
    """The same in a view, which is in no conversation: where its card shall stand."""
    carried = json.dumps({"video": video, "channel": channel, "thread": thread})
    pressed = button(FOLLOW_THERE, texts.say("button-follow"), carried)
    return [ActionsBlock(elements=[pressed])] if texts.follows else []


def there(value: str) -> tuple[VideoId, ChannelId, MessageTs | None]:
    """Returns what such a button carries, checked again.

    Raises:
        StaleButton: it was made by another version, or tampered with.
    """
    try:
        channel, fields = place_of(value), json.loads(value)
        thread, video = fields["thread"], video_id(fields["video"])
    except (NotAVideo, KeyError, TypeError, ValueError, RecursionError):
        raise StaleButton from None
    if channel is None:
        raise StaleButton
    return video, channel, MessageTs(str(thread)) if thread else None


def stop(followed: Follow, texts: Texts) -> ButtonElement:
    """Under a card that is still edited."""
    return button(STOP_FOLLOWING, texts.say("button-stop-watching"), followed.id)


def stop_which(followed: Follow, texts: Texts) -> ButtonElement:
    """Beside one of several, which a screen reader has to tell apart."""
    spoken = texts.say("button-stop-watching-video", video=followed.name or followed.video)
    words = texts.say("button-stop-watching")
    return button(STOP_FOLLOWING, words, followed.id, spoken=spoken)


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
