"""A file is what its first bytes say; a hostile one is read as quickly as any."""

import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.file_heads import FileFormat, file_format, pixels
from bot.iacrea.pictures import MOST_BYTES
from sandbox.web import files


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (files.jpg(3, 2), FileFormat.JPG),
        (files.png(3, 2), FileFormat.PNG),
        (files.WEBP, FileFormat.WEBP),
        (files.GIF, FileFormat.GIF),
        (files.HEIC, FileFormat.HEIC),
        (files.AVIF, FileFormat.AVIF),
        (b"II*\0", FileFormat.TIFF),
        (b"BM6\0", FileFormat.BMP),
        (files.SVG, FileFormat.SVG),
        (b"<svg>", FileFormat.SVG),
        (files.PDF, FileFormat.PDF),
        (files.FILM, FileFormat.UNKNOWN),
        (b"\xef\xbb\xbf \n<!doctype html><html><body><svg >", FileFormat.PAGE),
        (b"<HTML><svg>", FileFormat.PAGE),
        (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", FileFormat.PAGE),
        (b'{"error": "no such photo"}', FileFormat.UNKNOWN),
        (b"", FileFormat.UNKNOWN),
    ],
)
def test_first_bytes_tell_what_a_file_is(head: bytes, found: FileFormat) -> None:
    assert file_format(head) is found


@given(st.integers(1, 65535), st.integers(1, 65535), st.integers(0, 9))
def test_a_photo_is_as_large_as_people_see_it(width: int, height: int, orientation: int) -> None:
    seen = (height, width) if orientation in {5, 6, 7, 8} else (width, height)
    assert pixels(files.jpg(width, height, orientation=orientation, before=70_000)) == seen
    assert pixels(files.jpg(width, height)) == (width, height)


def test_an_exif_block_of_either_byte_order_is_read() -> None:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, 8, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry
    whole = files.jpg(40, 30, orientation=1)
    turned = whole[:20] + struct.pack(">BBH", 0xFF, 0xE1, len(exif) + 2) + exif + whole[20:]
    assert pixels(turned) == (30, 40)


@pytest.mark.parametrize("name", ["jpg", "png"])
def test_a_file_that_ends_too_early_has_no_size(name: str) -> None:
    whole = files.jpg(40, 30) if name == "jpg" else files.png(40, 30)
    known = [end for end in range(len(whole)) if pixels(whole[:end]) is not None]
    assert known == [*range(known[0], len(whole))]
    assert {pixels(whole[:end]) for end in known} == {(40, 30)}


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_read(rest: bytes, start: bytes) -> None:
    assert file_format(start + rest) in FileFormat
    size = pixels(start + rest)
    assert size is None or min(size) > 0


@pytest.mark.parametrize(
    "unit",
    [
        b"\xff",
        b"\xff\xd0",
        b"\xff\xe0\0\x02",
        b"\xff\xe1\0\x10Exif\0\0MM\0*\0\0\0\x08",
        b"<svg",
        b"<",
        b" ",
    ],
)
def test_hostile_files_are_read_as_quickly_as_any(unit: bytes) -> None:
    hostile = [
        start + unit * (MOST_BYTES // len(unit)) for start in (b"\xff\xd8\xff", b"\xff\xd8", b"")
    ]
    spent = []
    for _ in range(3):  # two workers on one core take longer, and not each time
        began = time.thread_time()
        for each in hostile:
            file_format(each)
            pixels(each)
        spent.append(time.thread_time() - began)
    assert min(spent) < 0.05
