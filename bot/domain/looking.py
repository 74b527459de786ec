"""What a look at a picture link found, and what has to be said of it before credits are spent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from bot.domain.errors import AskFirst, BadImage, UserError
from bot.domain.file_heads import FileFormat, Size
from bot.domain.request import Reason

LEAST_SIDE = 400
"""Pixels. What is smaller on either side is blurred in a film of 720 lines and more."""
MOST_LOST = 0.4
"""Part of a picture that may be cut away to fit the film. 4:3 in 16:9 loses 0.25, as most photos of
homes do; a square loses 0.44, a portrait in a landscape 0.58."""

_SHAPE = re.compile(r"([1-9][0-9]{0,4}):([1-9][0-9]{0,4})")

_DOCUMENTED = {FileFormat.JPG, FileFormat.PNG}
"""What IACrea says that it takes (reference, «Effects»)."""
_PERHAPS = {
    FileFormat.WEBP,
    FileFormat.GIF,
    FileFormat.HEIC,
    FileFormat.AVIF,
    FileFormat.TIFF,
    FileFormat.BMP,
}
"""Other pictures made of pixels, which it may take all the same."""


class Unseen(StrEnum):
    """Why we did not see what IACrea may see."""

    SLOW = "slow"
    UNREACHED = "unreached"  # no address, no connection, no TLS; or a proxy that says no
    REFUSED = "refused"  # it answers, with a status that may be for us alone


@dataclass(frozen=True, slots=True)
class Look:
    """What lies behind a link.

    Attributes:
        link: what IACrea is to be sent, which may be the file behind the link that was given.
        format: None where nothing could be read.
        size: None where it is not known.
        share: whose link it is, if that is known.
        unseen: why nothing could be read.
        status: HTTP's, where that is the reason; 404 and 410 are believed.
        whole: nothing follows what was read.
        private: it leads to an address that is not public.
    """

    link: str
    format: FileFormat | None = None
    size: Size | None = None
    share: str = ""
    unseen: Unseen | None = None
    status: int = 0
    whole: bool = False
    private: bool = False


@dataclass(unsafe_hash=True)
class NotAPicture(UserError):
    """The image link leads to something that no film can be made of.

    Attributes:
        found: a `FileFormat`, or one of `GONE` and `DAMAGED`.
        share: whose page it is, if that is known.
    """

    found: str
    share: str = ""


PICTURE_REASONS = frozenset({Reason.UNSEEN, Reason.FORMAT, Reason.SMALL, Reason.SHAPE})
GONE, DAMAGED = "gone", "damaged"
_GONE = {404, 410}


@dataclass(unsafe_hash=True)
class AskAboutPicture(AskFirst):
    """As `AskFirst`; the picture is among what the person is asked about.

    Attributes:
        format: a `FileFormat`.
        width, height: pixels; 0 where they are not known.
        shape: of the film, such as `16:9`, where the picture's is another one.
        unseen: an `Unseen`, where we could not look.
        status: HTTP's, where that is why.
    """

    format: str = ""
    width: int = 0
    height: int = 0
    shape: str = ""
    unseen: str = ""
    status: int = 0


def refuse(look: Look) -> None:
    """Lets pass what is a picture, or may be one.

    Raises:
        NotAPicture: it surely is none.
        BadImage: its address is not public, by its name or after a redirect.
    """
    if look.private:
        raise BadImage(typed=look.link, private=True)
    if look.status in _GONE:
        raise NotAPicture(GONE)
    if look.format is None or look.format in _PERHAPS:
        return
    if look.format not in _DOCUMENTED:
        raise NotAPicture(look.format, look.share)
    # Of a longer file the size may stand behind what was read.
    if look.whole and look.size is None:
        raise NotAPicture(DAMAGED)


def doubts(look: Look | None, shapes: Iterable[str | None]) -> dict[Reason, bool]:
    """Returns what its person has to be asked about; `shapes` are the sequences', such as `16:9`.

    The bytes are believed, so each doubt is one in which IACrea may know better.
    """
    if look is None:
        return {}
    return {
        Reason.UNSEEN: look.unseen is not None,
        Reason.FORMAT: look.format in _PERHAPS,
        Reason.SMALL: look.size is not None and min(look.size) < LEAST_SIDE,
        Reason.SHAPE: misfit(look.size, shapes) is not None,
    }


def misfit(size: Size | None, shapes: Iterable[str | None]) -> str | None:
    """Returns the shape into which a picture of that size fits badly, if there is one."""
    if size is None:
        return None
    return next((each for each in shapes if each and lost(size, each) > MOST_LOST), None)


def lost(size: Size, shape: str) -> float:
    """Returns the part of a picture that is cut away to fill a film of that shape; 0 if unknown."""
    read = _SHAPE.fullmatch(shape)
    if read is None:
        return 0.0
    ratio = size[0] * int(read[2]) / (size[1] * int(read[1]))
    return 1 - min(ratio, 1 / ratio)


def with_picture(question: AskFirst, look: Look | None, shapes: Iterable[str | None]) -> AskFirst:
    """Returns the question with what is asked about the picture, if anything is."""
    if look is None or not PICTURE_REASONS.intersection(question.reasons):
        return question
    width, height = look.size or (0, 0)
    return AskAboutPicture(
        **{each.name: getattr(question, each.name) for each in fields(AskFirst)},
        format=str(look.format or ""),
        width=width,
        height=height,
        shape=misfit(look.size, shapes) or "",
        unseen=str(look.unseen or ""),
        status=look.status,
    )
