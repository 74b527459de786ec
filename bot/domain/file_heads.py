"""Tells what a file is by its first bytes, and how large a jpg or png is. A header can be wrong."""

import contextlib
import re
import struct
from enum import StrEnum

Size = tuple[int, int]
"""Width and height as people see them, in pixels."""


class FileFormat(StrEnum):
    """What a file can be."""

    JPG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    HEIC = "heic"
    AVIF = "avif"
    TIFF = "tiff"
    BMP = "bmp"
    SVG = "svg"
    PDF = "pdf"
    PAGE = "page"  # HTML, or any other markup
    UNKNOWN = "unknown"


_JPG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_SIGNATURES = (
    (_JPG, FileFormat.JPG),
    (_PNG, FileFormat.PNG),
    (b"GIF87a", FileFormat.GIF),
    (b"GIF89a", FileFormat.GIF),
    (b"BM", FileFormat.BMP),
    (b"II*\0", FileFormat.TIFF),
    (b"MM\0*", FileFormat.TIFF),
    (b"%PDF-", FileFormat.PDF),
)
"""Source: mimesniff.spec.whatwg.org, «Matching an image type pattern»; TIFF 6.0; ISO 32000."""
_BRANDS = {
    b"avif": FileFormat.AVIF,
    b"avis": FileFormat.AVIF,
    b"heic": FileFormat.HEIC,
    b"heix": FileFormat.HEIC,
    b"hevc": FileFormat.HEIC,
    b"mif1": FileFormat.HEIC,
    b"msf1": FileFormat.HEIC,
}
"""Major brands of a `ftyp` box. Source: ISO 23008-12 (HEIF), annex B; the AV1 Image File Format."""
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?[\t\n\f\r ]*<(?:[a-zA-Z!?])")
_DRAWING = re.compile(rb"<svg[\s>]")
_LOOKED_AT = 1024
"""Bytes in which a drawing says that it is one, behind its declaration."""

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _EXIF, _FILL = 0xDA, 0xE1, 0xFF
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""JPEG markers: the start of a frame, which holds the size; the start of the picture itself; what
a camera adds; what may stand before any of them; those without a length. Source: ITU-T T.81,
table B.1 and B.1.1.2."""
_OWN_LENGTH = 2
"""Bytes of a segment's length, which count in it."""
_MOST_SEGMENTS = 1000
"""Before a frame. A colour profile has up to 255; hostile bytes would hold 65,000."""
_ORIENTATION = 0x0112
_TURNED = range(5, 9)
"""EXIF orientations in which width and height change places. Source: CIPA DC-008, 4.6.4."""


def file_format(head: bytes) -> FileFormat:
    """Returns what a file is that begins so."""
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileFormat.WEBP
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], FileFormat.UNKNOWN)
    return _markup(head) if _MARKUP.match(head) else FileFormat.UNKNOWN


def _markup(head: bytes) -> FileFormat:
    """Tells a drawing from a page, which may have drawings in it."""
    drawn = _DRAWING.search(head, 0, _LOOKED_AT)
    before = head[: drawn.start()].lower() if drawn else b"<html"
    return FileFormat.PAGE if b"<html" in before else FileFormat.SVG


def pixels(head: bytes) -> Size | None:
    """Returns the size of a jpg or png; None where these bytes do not tell."""
    if head.startswith(_PNG):
        return _png_size(head)
    return _jpg_size(head) if head.startswith(_JPG) else None


def _png_size(head: bytes) -> Size | None:
    """Reads the first chunk. Source: W3C, PNG (Third Edition), 11.2.1."""
    size = _numbers(">II", head, 16)
    return _size(*size) if size and head[12:16] == b"IHDR" else None


def _jpg_size(head: bytes) -> Size | None:
    """Walks over the segments; each is behind the one before."""
    at, turned = 2, False
    for _ in range(_MOST_SEGMENTS):
        found = _segment(head, at)
        if found is None:
            return None
        marker, body, at = found
        if marker == _EXIF:
            turned = turned or _orientation(head[body:at]) in _TURNED
        if marker in _FRAMES:
            size = _numbers(">HH", head, body + 1) or (0, 0)
            return _size(*size) if turned else _size(*reversed(size))
        if marker == _SCAN:
            return None
    return None


def _size(width: int, height: int) -> Size | None:
    return (width, height) if width and height else None


def _numbers(layout: str, head: bytes, at: int) -> tuple[int, ...] | None:
    """Reads numbers there, by `struct`'s layout; None where the bytes end before."""
    with contextlib.suppress(struct.error):
        return struct.unpack_from(layout, head, at)
    return None


def _segment(head: bytes, at: int) -> tuple[int, int, int] | None:
    """Returns the marker there, where its body begins, and where it ends; None at the end."""
    found = _numbers("BB", head, at)
    if found is None or found[0] != _FILL:
        return None
    marker, body = found[1], at + 2
    if marker == _FILL:
        return marker, at + 1, at + 1
    if marker in _ALONE:
        return marker, body, body
    [length] = _numbers(">H", head, body) or (0,)
    return None if length < _OWN_LENGTH else (marker, body + 2, body + length)


def _orientation(segment: bytes) -> int:
    """Returns how the camera was held: 1 is upright, 0 where that is not said."""
    order = {b"Exif\0\0II": "<", b"Exif\0\0MM": ">"}.get(segment[:8])
    tiff = segment[6:]
    found = None if order is None else _numbers(f"{order}I", tiff, 4)
    if found is None:
        return 0
    [start] = found
    entries = tiff[start + 2 : start + 2 + 12 * 64]  # a camera writes about a dozen
    for at in range(0, len(entries) - 11, 12):
        tag, kind, count, value = struct.unpack_from(f"{order}HHIH", entries, at)
        if (tag, kind, count) == (_ORIENTATION, 3, 1):
            return int(value)
    return 0
