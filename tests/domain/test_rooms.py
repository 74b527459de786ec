"""Sequences are meant by what they show, or by what somebody calls them."""

import pytest

from bot.domain.rooms import SPOKEN, called, leading
from bot.domain.video import Sequence, SequenceId
from bot.slack.blocks.catalogue import LANGUAGES
from tests.texts import CATALOGUE


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
