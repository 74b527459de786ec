"""What is said of a picture link: what it leads to instead, or what a yes to it agrees to."""

from bot.domain.errors import BadImage
from bot.domain.file_heads import FileFormat, Size
from bot.domain.images import MOST_CHARACTERS
from bot.domain.looking import (
    DAMAGED,
    GONE,
    LEAST_SIDE,
    AskAboutPicture,
    NotAPicture,
)
from bot.domain.request import Reason
from bot.domain.share_links import Share
from bot.slack.blocks.message import code
from bot.slack.blocks.texts import Texts

_WITH_FILES = {Share.DROPBOX: "dropbox", Share.DRIVE: "drive"}
"""Shares that have links to the file itself."""


def pixels(size: Size) -> str:
    """`1920 × 1080`, which is written like that in every language."""
    width, height = size
    return f"{width} × {height}"


def bad_link(error: BadImage, texts: Texts) -> str:
    """Returns why the link cannot be used at all."""
    if error.private:
        return texts.say("problem-private-image", typed=code(error.typed))
    return texts.say("problem-bad-image", typed=code(error.typed), most=MOST_CHARACTERS)


def no_picture(error: NotAPicture, texts: Texts) -> str:
    """What the link leads to, and how to come to the picture."""
    if error.found in {GONE, DAMAGED, FileFormat.UNKNOWN}:
        return texts.say(f"problem-picture-{error.found}")
    if error.found != FileFormat.PAGE:
        return texts.say("problem-picture-file", format=error.found.upper())
    if error.share in _WITH_FILES:
        return texts.say(f"problem-picture-page-{_WITH_FILES[Share(error.share)]}")
    if error.share:
        return texts.say("problem-picture-page-share", share=error.share)
    return texts.say("problem-picture-page")


def doubts(error: AskAboutPicture, texts: Texts) -> list[str]:
    """A sentence for each thing that may be wrong with the picture."""
    reasons, say = set(error.reasons), texts.say
    size = pixels((error.width, error.height))
    parts = []
    if Reason.UNSEEN in reasons:
        parts.append(say(f"ask-picture-{error.unseen}", status=str(error.status)))
    if Reason.FORMAT in reasons:
        parts.append(say("ask-picture-format", format=error.format.upper()))
    if Reason.SMALL in reasons:
        parts.append(say("ask-picture-small", size=size, least=str(LEAST_SIDE)))
    if Reason.SHAPE in reasons:
        parts.append(say("ask-picture-shape", shape=error.shape, size=size))
    return parts
