"""`takes`: how it is read, typed and said, and which one sequence is meant by it."""

import pytest

from bot.domain.checking import one_sequence
from bot.domain.command import LEFT_OUT, ShowTakes, VideoRef
from bot.domain.effects import Effects
from bot.domain.errors import NotASequence, NotAVideo, NotReady, TooManySequences
from bot.domain.mention import plain_name, read
from bot.domain.parsing import parse
from bot.domain.request import Selection
from bot.domain.take_problems import OneSequence
from tests.domain.makers import a_sequence, a_video

EFFECTS = Effects.with_extra()
LILAC = VideoRef("lilac", name="lilac")
NOTHING = Selection()
SECOND = Selection((2,))


@pytest.mark.parametrize(
    ("typed", "video", "selection"),
    [
        ("takes lilac 2", LILAC, SECOND),
        ("TAKES lilac 2", LILAC, SECOND),
        ("takes last 2", VideoRef("last", last=True), SECOND),
        ("takes lilac 2,4", LILAC, Selection((2, 4))),
        ("takes lilac failed", LILAC, Selection(failed=True)),
        ("takes lilac", LILAC, NOTHING),
        ("takes lilac kitchen", LILAC, Selection(ids=("kitchen",))),
        ("takes lilac Anna's desk", LILAC, Selection(ids=("Anna's desk",))),
        ("takes lilac 550e8400-1", LILAC, Selection(ids=("550e8400-1",))),
    ],
)
def test_what_is_typed_is_a_video_and_a_sequence(typed, video, selection):
    assert parse(typed, EFFECTS) == ShowTakes(video, selection)
    assert parse(typed, EFFECTS, in_thread=True) == ShowTakes(video, selection)


@pytest.mark.parametrize(
    ("said", "selection"),
    [("takes 2", SECOND), ("takes kitchen", Selection(ids=("kitchen",))), ("takes 2,3", (2, 3))],
)
def test_in_a_thread_the_video_may_be_left_out(said, selection):
    wanted = selection if isinstance(selection, Selection) else Selection(selection)
    assert parse(said, EFFECTS, in_thread=True) == ShowTakes(LEFT_OUT, wanted)
    assert read(f"<@U1> {said}", "U1", EFFECTS, direct=False) == ShowTakes(LEFT_OUT, wanted)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("takes", NotAVideo),
        ("takes lilac 2 4", NotASequence),
        ("takes lilac 0", NotASequence),
        ("takes lilac 1-99", TooManySequences),
        ("takes lilac https://e.com/1.jpg", NotASequence),
    ],
)
def test_what_is_neither_is_explained(typed, error):
    with pytest.raises(error):
        parse(typed, EFFECTS)


def test_a_sentence_that_begins_so_is_prose_unless_a_video_is_called_that():
    meant = read("<@U1> takes forever to render", "U1", EFFECTS, direct=False)
    assert meant is not None
    assert plain_name(meant) == "forever"
    assert read("<@U1> takes 2 hours", "U1", EFFECTS, direct=False) is None


@pytest.mark.parametrize(
    ("selection", "typed"),
    [(SECOND, "2"), (Selection(ids=("living room",)), "living room"), (NOTHING, "2")],
)
def test_it_says_what_to_type_of_the_sequence(selection, typed):
    assert ShowTakes(LILAC, selection).typed == typed


ROOMS = tuple(
    a_sequence(number, category=room)
    for number, room in enumerate(("KITCHEN", "BEDROOM", "BEDROOM"), start=1)
)


@pytest.mark.parametrize(
    ("selection", "position"),
    [
        (SECOND, 2),
        (Selection(ids=("sequence-3",)), 3),
        (Selection(ids=("kitchen",)), 1),
    ],
)
def test_one_sequence_is_found_by_position_id_and_room(selection, position):
    video = a_video("DONE", sequences=ROOMS)
    assert one_sequence(selection, video) == (position, ROOMS[position - 1])


@pytest.mark.parametrize(
    ("selection", "positions"),
    [
        (NOTHING, 0),
        (Selection((1, 2)), 0),
        (Selection((1,), ("sequence-2",)), 0),
        (Selection(failed=True), 0),
        (Selection((4,)), 3),
        (Selection(ids=("bedroom",)), 3),
        (Selection(ids=("attic",)), 3),
        (Selection(ids=("kitchen push out",)), 3),
    ],
)
def test_none_or_several_are_told_apart_from_one(selection, positions):
    with pytest.raises(OneSequence) as raised:
        one_sequence(selection, a_video("DONE", sequences=ROOMS))
    assert raised.value.positions == positions


def test_a_video_that_shows_no_sequences_is_not_ready():
    with pytest.raises(NotReady):
        one_sequence(SECOND, a_video("PENDING"))
