"""The drawn rooms: the same seed is the same picture, and each effect is another movement."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.demo.pictures import final_video, svg
from sandbox.demo.pictures.effects import AUTOMATIC, CAMERA, REVERSE, in_words, movement, style
from sandbox.demo.pictures.svg import ROOMS, clip, photo, room_of

CDN = "https://cdn.iacrea.example"
EFFECTS = (*CAMERA, AUTOMATIC, REVERSE, "CAMERA_SPIRAL")
LARGEST = 40_000
"""Bytes: nothing large is sent for a thumbnail."""


def address(number: int, video: str = "lilac-street-12") -> str:
    return f"{CDN}/{video}/photo-{number}.jpg"


@pytest.mark.parametrize("number", range(1, len(ROOMS) + 1))
@pytest.mark.parametrize("effect", EFFECTS)
def test_every_room_can_be_drawn_with_every_effect_and_is_small(number: int, effect: str) -> None:
    for drawn in (photo(address(number)), clip(address(number), effect)):
        ET.fromstring(drawn)  # noqa: S314 - our own drawing
        assert len(drawn.encode()) < LARGEST


def test_a_video_shows_another_room_in_each_photo() -> None:
    names = [room_of(address(number)).name for number in range(1, len(ROOMS) + 1)]
    assert names == list(ROOMS)


def test_the_same_address_is_the_same_picture_and_houses_differ() -> None:
    assert photo(address(2)) == photo(address(2))
    houses = {photo(address(2, f"house-{number}")) for number in range(30)}
    assert len(houses) == 2 * len(svg.PALETTES)


def test_somebody_elses_photo_is_some_room_and_stays_it() -> None:
    theirs = "https://photos.example/kitchen.jpg?size=large"
    assert room_of(theirs) == room_of(theirs)
    ET.fromstring(photo(theirs))  # noqa: S314


def test_every_effect_moves_the_picture_differently() -> None:
    assert len({style(movement(effect, "x")) for effect in (*CAMERA, "CAMERA_SPIRAL")}) == 6


def test_what_picks_by_itself_stays_with_its_pick_and_reverse_goes_backwards() -> None:
    picked = movement(AUTOMATIC, address(1))
    assert picked == movement(AUTOMATIC, address(1))
    assert movement(REVERSE, address(1)) == picked.reversed()


def test_the_effect_is_named_in_the_picture() -> None:
    assert "orbit left" in clip(address(1), "CAMERA_ORBIT_LEFT")
    assert "orbit left</text>" not in clip(address(1), "CAMERA_ORBIT_LEFT", badge=False)
    assert in_words("CAMERA_PUSH_OUT") == "push out"


def test_a_mirrored_house_is_filmed_by_a_camera_that_is_not() -> None:
    mirrored = next(
        address(1, f"house-{number}")
        for number in range(30)
        if room_of(address(1, f"house-{number}")).mirrored
    )
    drawn = clip(mirrored, "CAMERA_MOVE_RIGHT")
    assert re.findall(r'<g class="(\w+)"><g transform="matrix', drawn) == ["far", "mid", "near"]


printable = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)


@given(printable, printable)
def test_names_from_outside_are_words_and_never_markup(where: str, effect: str) -> None:
    root = ET.fromstring(clip(where, f"{effect}<script>alert(1)</script>"))  # noqa: S314
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "title", "style", "g", "rect", "circle", "ellipse", "path", "text"}


def test_a_films_page_lists_its_clips_in_order_and_escapes_their_names() -> None:
    shots = [
        final_video.Shot("/studio/a", "Kitchen", "push in"),
        final_video.Shot("/studio/b", "<b>", '"'),
    ]
    page = final_video.page("<i>lilac</i>", 2, shots)
    assert re.findall(r'data-src="([^"]*)"', page) == ["/studio/a", "/studio/b"]
    assert "&lt;b&gt; · &quot;" in page
    assert "<i>lilac" not in page
