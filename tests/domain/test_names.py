"""Names: what a video can be called, and which names are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.command import OWN_WORDS
from bot.domain.errors import BadName
from bot.domain.names import LONGEST, SHORTEST, Flaw, folded, video_name

UUID = "550e8400-e29b-41d4-a716-446655440000"
LETTERS = st.characters(categories=["L", "Nd"], include_characters="-_.")


def flaw(typed: str) -> str:
    with pytest.raises(BadName) as bad:
        video_name(typed)
    assert bad.value.typed == typed
    return bad.value.reason


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lilac-street-12", "lilac-street-12"),
        ("  Lilac  Street 12 ", "Lilac-Street-12"),
        ("Élysée_3.b", "Élysée_3.b"),
        ("e\u0301lyse\u0301e", "élysée"),
        ("湖畔の家", "湖畔の家"),
        ("मुंबई", "मुंबई"),
        ("2a", "2a"),
        ("x" * 40, "x" * 40),
        ("helper", "helper"),
        ("last-one", "last-one"),
        ("\uff48\uff41rbour", "harbour"),  # full width
        ("\U0001d421arbour", "harbour"),  # a mathematical letter
        ("дом-у-озера", "дом-у-озера"),  # noqa: RUF001
        ("νησί", "νησί"),
        ("東京タワー2", "東京タワー2"),
        ("Tokyo-タワー", "Tokyo-タワー"),
        ("서울-apt", "서울-apt"),
        ("הבית", "הבית"),
        ("Kadıköy", "Kadıköy"),  # noqa: RUF001
        ("àgbọ́n", "àgbọ́n"),
    ],
)
def test_a_name_is_kept_as_people_write_it_with_dashes_for_spaces(typed, kept):
    assert video_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Flaw.TOO_SHORT),
        (" x ", Flaw.TOO_SHORT),
        ("x" * 41, Flaw.TOO_LONG),
        ("🏠 home", Flaw.CHARACTERS),
        ("home🏠", Flaw.CHARACTERS),
        (":house:", Flaw.CHARACTERS),
        ("1\ufe0f\u20e3st", Flaw.CHARACTERS),
        ("home❤", Flaw.CHARACTERS),
        ("a/b", Flaw.CHARACTERS),
        ("@anna", Flaw.CHARACTERS),
        ("<home>", Flaw.CHARACTERS),
        ("*home*", Flaw.CHARACTERS),
        ("ho\u200bme", Flaw.CHARACTERS),
        ("ho\u3164me", Flaw.CHARACTERS),
        ("ho\u202eme", Flaw.CHARACTERS),
        ("---", Flaw.CHARACTERS),
        (UUID, Flaw.LOOKS_LIKE_ID),
        (UUID.upper(), Flaw.LOOKS_LIKE_ID),
        (UUID.replace("-", ""), Flaw.LOOKS_LIKE_ID),
        (f"v-{UUID}", Flaw.LOOKS_LIKE_ID),
        ("12", Flaw.LOOKS_LIKE_ID),
        ("2-4", Flaw.LOOKS_LIKE_ID),
        ("2 4", Flaw.LOOKS_LIKE_ID),
        ("2.4", Flaw.LOOKS_LIKE_ID),
        ("\u0661\u0662", Flaw.LOOKS_LIKE_ID),
        ("2,4", Flaw.CHARACTERS),
        ("h\u0430rbour", Flaw.LOOKS_ALIKE),  # a Cyrillic letter among Latin ones
        ("\u0441\u043e\u0441\u043e", Flaw.LOOKS_ALIKE),  # Cyrillic alone, and reads as «coco»
        ("\u03bd\u03b9\u03ba\u03b1", Flaw.LOOKS_ALIKE),  # Greek alone, reads as «vika»
        ("\u13aa\u13a1", Flaw.LOOKS_ALIKE),  # Cherokee
        ("h\u1d00rbour", Flaw.LOOKS_ALIKE),  # a small capital of phonetics
        ("harbour\u01c3", Flaw.LOOKS_ALIKE),  # a click
        ("pi\u0307er", Flaw.LOOKS_ALIKE),  # a second dot
        ("p\u0336ier", Flaw.LOOKS_ALIKE),  # a stroke through the letter
        ("harbour\u0663", Flaw.LOOKS_ALIKE),  # a digit of another script
        ("\u6d77\u30ed\u0430", Flaw.LOOKS_ALIKE),
    ],
)
def test_a_name_that_would_be_misread_is_refused_and_told_why(typed, expected):
    assert flaw(typed) == expected


@pytest.mark.parametrize("word", [*sorted(OWN_WORDS), "Help", "STATUS", " last "])
def test_the_commands_own_words_are_no_names(word):
    assert flaw(word) == Flaw.OWN_WORD


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lilac", "lilac"), ("Straße", "STRASSE"), ("Élysée", "e\u0301LYSE\u0301E"), ("ΟΔΟΣ", "οδος")],
)
def test_names_that_differ_in_case_or_composition_alone_are_the_same(one, other):
    assert folded(one) == folded(other)


def test_names_that_differ_in_an_accent_are_two():
    assert folded("Elysee") != folded("Élysée")


@given(st.text() | st.text(LETTERS, max_size=50))
def test_whatever_is_typed_is_a_name_or_has_a_flaw(typed):
    try:
        name = video_name(typed)
    except BadName as bad:
        Flaw(bad.reason)
        return
    assert SHORTEST <= len(name) <= LONGEST
    assert unicodedata.is_normalized("NFC", name)
    assert not any(character.isspace() or character in "/:<>&|*`~," for character in name)
    assert video_name(name) == name
    assert folded(folded(name)) == folded(name) == folded(name.lower())
    assert " " not in folded(name)  # the store parts a name from its folded one by a space


@pytest.mark.parametrize(
    ("one", "other"),
    [("pier", "p\u0131er"), ("\u0130zmir", "izmir"), ("\u53e3\u5ea7", "\u30ed\u5ea7")],
)
def test_names_that_nobody_can_tell_apart_are_the_same_name(one, other):
    assert folded(video_name(one)) == folded(video_name(other))
