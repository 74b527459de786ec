"""Builds the buttons of a request, and of a video, on the Home tab.

Many have the same label, so each has a longer one for screen readers that says what it is for.
"""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InteractiveElement

from bot.domain.request import Generation, GenerationState, Request, State
from bot.domain.video import VideoId
from bot.slack.blocks import buttons
from bot.slack.blocks.buttons import PrivateCopy, button, priced
from bot.slack.blocks.message import Message, code, section
from bot.slack.blocks.placing import placed
from bot.slack.blocks.texts import Texts
from bot.slack.blocks.wording import which_sequences

SHOW = "home_show"
REPEAT = "home_repeat"
KEEP_WATCHING = "home_keep_watching"
STOP_WATCHING = "home_stop_watching"
CANCEL_WAITING = "home_cancel_waiting"
STORYBOARD = "home_storyboard"
REGENERATE = "home_regenerate"

_UNWATCHED = frozenset({GenerationState.EXPIRED, GenerationState.STOPPED})


def of_request(request: Request, number: int, texts: Texts, *, spends: bool) -> list[Block]:
    """Returns the buttons of a request; none before it was checked.

    `spends` says that its viewer made it, and may spend.
    """
    if not request.generations:
        return []
    elements: list[InteractiveElement] = [
        button(
            SHOW,
            texts.say("button-show"),
            request.id,
            spoken=_of("button-show-which", request, number, texts),
        )
    ]
    if request.state is State.IN_LINE:
        elements.append(
            button(
                CANCEL_WAITING,
                texts.say("button-cancel-waiting"),
                request.id,
                spoken=_of("button-cancel-waiting-which", request, number, texts),
            )
        )
    elif not request.ended:
        elements.append(
            button(
                STOP_WATCHING,
                texts.say("button-stop-watching"),
                request.id,
                spoken=_of("button-stop-watching-which", request, number, texts),
            )
        )
    elif spends:
        elements += _once_more(request, number, texts)
    return [ActionsBlock(elements=elements)]


def of_video(video: VideoId, name: str | None, texts: Texts) -> list[Block]:
    """Shows a video that somebody has worked on, with its buttons."""
    called = name or video
    elements: list[InteractiveElement] = [
        button(
            STORYBOARD,
            texts.say("button-storyboard"),
            video,
            spoken=texts.say("button-storyboard-of", video=called),
        ),
        button(
            REGENERATE,
            texts.say("button-regenerate-video"),
            video,
            spoken=texts.say("button-regenerate-video-of", video=called),
        ),
    ]
    return [section(f"🎞 {code(called, 64)}"), ActionsBlock(elements=elements)]


def taken(request: Request, texts: Texts) -> Message:
    """Says where the request goes on."""
    if request.origin.in_direct_message:
        words = texts.say("home-taken-direct")
    else:
        words = texts.say("home-taken", channel=f"<#{request.origin.channel}>")
    return Message.of([section(words)], texts.say)


def _once_more(request: Request, number: int, texts: Texts) -> list[ButtonElement]:
    """Returns the buttons that its outcome has: the same once more, or going on to watch."""
    late = [each for each in request.generations if each.state in _UNWATCHED]
    done = GenerationState.DONE
    bad = [each for each in request.generations if each.state not in {done, *_UNWATCHED}]
    found = []
    if bad:
        spoken = _of("button-retry-which", request, number, texts)
        carried = _carried(request, bad)
        found.append(button(REPEAT, texts.say("button-retry"), carried, spoken=spoken))
    elif not late:
        label = priced("button-again", buttons.cost_of(request.generations), texts)
        carried = _carried(request, list(request.generations))
        spoken = _of("button-again-which", request, number, texts)
        found.append(button(REPEAT, label, carried, spoken=spoken))
    if late:
        carried = _carried(request, late, watch=True)
        spoken = _of("button-keep-watching-which", request, number, texts)
        label = texts.say("button-keep-watching")
        found.append(button(KEEP_WATCHING, label, carried, spoken=spoken))
    return found


def _carried(request: Request, some: list[Generation], *, watch: bool = False) -> str:
    """Returns what its outcome's button carries, with the channel, as Home has none."""
    text = buttons.same(request, some, PrivateCopy(request.thread), watch=watch)
    return placed(text, request.origin.channel)


def _of(key: str, request: Request, number: int, texts: Texts) -> str:
    shown = which_sequences(request, texts)
    return texts.say(key, number=number, what=shown)
