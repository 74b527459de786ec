"""Files as they lie on the web: pictures of any size, and what is taken for one.

Sources: W3C, PNG (Third Edition), 5; ITU-T T.81, annex B; CIPA DC-008 (Exif), 4.5; the WebP
container; ISO 23008-12 (HEIF), annex B.
"""

import struct
import zlib


def png(width: int, height: int, shade: bytes = b"\x9a\xb0\xc4") -> bytes:
    """Draws a picture of one colour."""
    row = b"\0" + shade * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(row * height)),
            (b"IEND", b""),
        )
    )


def jpg(width: int, height: int, *, orientation: int | None = None, before: int = 0) -> bytes:
    """Returns a photo's segments, with scan data that nobody can see.

    Args:
        width: as the sensor has it.
        height: as the sensor has it.
        orientation: how the camera was held, by Exif.
        before: bytes of a colour profile and such, which stand before the size.
    """
    exif = b"" if orientation is None else _segment(0xE1, _exif(orientation))
    profile = b"".join(
        _segment(0xE2, b"ICC_PROFILE\0" + bytes(min(60_000, before - start)))
        for start in range(0, before, 60_000)
    )
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes.fromhex("012200021101031101")
    scan = _segment(0xDA, bytes.fromhex("03010002110311003f00")) + bytes(600)
    jfif = _segment(0xE0, b"JFIF\0\x01\x02\0\0\x48\0\x48\0\0")
    return b"\xff\xd8" + jfif + exif + profile + _segment(0xC2, frame) + scan + b"\xff\xd9"


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _exif(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)


WEBP = b"RIFF\x24\x10\0\0WEBPVP8 \x18\x10\0\0" + bytes(4000)
GIF = b"GIF89a" + struct.pack("<HH", 1600, 900) + bytes(2000)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(4000)
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(4000)
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="1600"></svg>'
PDF = b"%PDF-1.7\n" + bytes(4000)
FILM = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + bytes(4000)
