"""What is close to what was typed, and what is not."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.closeness import MOST_OFFERED, videos_alike
from bot.domain.video import VideoId

UUIDS = st.uuids().map(str)
KNOWN = {VideoId("video-1"): "lilac-street", VideoId("video-2"): "Harbour", VideoId("v-33"): None}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lilac-stret", {"video-1": "lilac-street"}),
        ("LILAC-STR", {"video-1": "lilac-street"}),
        ("harbor", {"video-2": "Harbour"}),
        ("v-34", {}),
        ("mountain", {}),
        ("lilac" * 100, {}),
        ("", {}),
    ],
)
def test_names_are_close_that_are_spelled_alike(typed, found):
    assert videos_alike(typed, KNOWN) == found


@given(st.lists(UUIDS, max_size=25, unique=True), UUIDS)
def test_ids_of_other_videos_are_not_close(known, typed):
    assert videos_alike(typed, dict.fromkeys(map(VideoId, known))) == {}


@given(st.lists(UUIDS, min_size=1, max_size=25, unique=True), st.data())
def test_an_id_with_one_slip_is(known, data):
    meant = data.draw(st.sampled_from(known))
    at = data.draw(st.integers(0, len(meant) - 1))
    slip = meant[:at] + "x" + meant[at + 1 :]
    assert meant in videos_alike(slip, dict.fromkeys(map(VideoId, known)))


def test_at_most_three_are_offered_and_never_what_was_typed():
    many = {VideoId(str(uuid.UUID(int=number))): f"lilac-{number}" for number in range(9)}
    found = videos_alike("lilac-10", many)
    assert len(found) == MOST_OFFERED
    itself = next(iter(many))
    assert itself not in videos_alike(itself, many)
