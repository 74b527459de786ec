"""Sequences are meant by what they show, or by what somebody calls them."""

import pytest

from bot.domain.checking import generations
from bot.domain.command import Regenerate
from bot.domain.effects import DOCUMENTED, Effects
from bot.domain.errors import NoSuchSequence, UnknownEffect
from bot.domain.events import Checked
from bot.domain.parsing import parse
from bot.domain.request import Order, Selection
from bot.domain.rooms import SPOKEN, called, leading
from bot.domain.video import Sequence, SequenceId, Video, VideoId
from bot.domain.which_sequence import WhichSequence
from bot.slack.blocks.catalogue import LANGUAGES
from tests.texts import CATALOGUE

EFFECTS = Effects.with_extra([], CATALOGUE.spoken(DOCUMENTED))


def shown(*rooms: str | None, **names: str) -> list[tuple[int, Sequence]]:
    """Sequences with those categories; `s2="desk"` is what the second is called."""
    return [
        (n, Sequence(SequenceId(f"s{n}"), "success", category=room, called=names.get(f"s{n}")))
        for n, room in enumerate(rooms, start=1)
    ]


def positions(typed: str, known: list[tuple[int, Sequence]]) -> list[int]:
    return [n for n, _ in called(typed, known)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kitchen", [1]),
        ("Cuisine", [1]),
        ("KITCHEN", [1]),
        ("living room", [2]),
        ("Living-Room", [2]),
        ("living_room", [2]),
        ("sejour", [2]),
        ("salle de bain", []),
        ("bedroom", [3, 4]),
        ("wine cellar", [5]),
        ("pool", []),
        ("", []),
    ],
)
def test_a_category_is_meant_by_its_words_in_every_language(typed, found):
    known = shown("KITCHEN", "LIVING_ROOM", "BEDROOM", "BEDROOM", "wine_cellar", None)
    assert positions(typed, known) == found


def test_a_name_given_by_hand_wins_over_the_category():
    known = shown("KITCHEN", "BEDROOM", "BEDROOM", s1="bedroom", s3="Anna-s-desk")
    assert positions("bedroom", known) == [1]
    assert positions("kitchen", known) == []
    assert positions("anna s desk", known) == [3]


def test_what_leads_a_longer_phrase_is_found():
    known = shown("LIVING_ROOM", "KITCHEN")
    assert leading("living room puhs out", known) == "living room"
    assert leading("kitchen", known) == ""
    assert leading("pool push", known) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("category", SPOKEN)
def test_what_is_shown_can_be_typed(category, language):
    words = CATALOGUE.words(language).room(category)
    assert positions(words, shown(category)) == [1]


@pytest.mark.parametrize(
    ("typed", "asked", "effect"),
    [
        ("kitchen", "kitchen", None),
        ("kitchen push out", "kitchen", "CAMERA_PUSH_OUT"),
        ("living room camera push out", "living room", "CAMERA_PUSH_OUT"),
        ("salle à manger zoom arrière", "salle à manger", "CAMERA_PUSH_OUT"),
        ("wc", "wc", None),
        ("l'orangerie", "l'orangerie", None),
        ("Wine-Cellar auto", "Wine-Cellar", "AUTO_EFFECTS"),
    ],
)
def test_the_longest_end_that_is_an_effect_is_the_effect(typed, asked, effect):
    command = parse(f"lilac {typed} https://e.com/a.jpg", EFFECTS)
    assert isinstance(command, Regenerate)
    assert command.selection == Selection(ids=(SequenceId(asked),))
    assert (command.effect, command.image) == (effect, "https://e.com/a.jpg")


def test_a_slip_in_the_effect_is_no_part_of_the_room():
    with pytest.raises(UnknownEffect) as unknown:
        parse("lilac living room puhs out", EFFECTS)

    assert unknown.value == UnknownEffect("puhs out", "CAMERA_PUSH_OUT")


def checked(typed: str, *rooms: str | None, **names: str) -> tuple[int, ...]:
    made = tuple(each for _, each in shown(*rooms, **names))
    order = Order(VideoId("video-1"), Selection(ids=(SequenceId(typed),)))
    seen = Checked(Video(VideoId("video-1"), "DONE", made))
    return tuple(each.position for each in generations(order, seen))


def test_a_room_is_resolved_where_the_video_is_read():
    assert checked("s2", "KITCHEN", "BEDROOM") == (2,)
    assert checked("cuisine", "BEDROOM", "KITCHEN") == (2,)
    assert checked("desk", "BEDROOM", "BEDROOM", s2="Desk") == (2,)


def test_where_it_is_not_clear_which_is_meant_they_are_offered():
    with pytest.raises(WhichSequence) as which:
        checked("bedroom", "BEDROOM", "KITCHEN", "BEDROOM")
    assert (which.value.several, which.value.positions) == (True, (1, 3))
    assert which.value.ids == ("s1", "s3")

    with pytest.raises(WhichSequence) as which:
        checked("pool", "BEDROOM", *[None] * 20)
    assert (which.value.several, len(which.value.ids)) == (False, 10)


def test_what_is_no_effect_behind_a_room_is_explained_and_an_id_stays_an_id():
    with pytest.raises(UnknownEffect) as unknown:
        checked("kitchen slow fade", "KITCHEN")
    assert unknown.value == UnknownEffect("slow fade", None)
    with pytest.raises(NoSuchSequence):
        checked("sequence-7", "KITCHEN")
