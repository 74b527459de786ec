"""Effects, as people type them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.effects import Effects
from bot.domain.errors import UnknownEffect
from bot.slack.blocks.catalogue import LANGUAGES
from tests.texts import CATALOGUE, EFFECTS

DOCUMENTED = (
    "CAMERA_PUSH_IN",
    "CAMERA_PUSH_OUT",
    "CAMERA_MOVE_RIGHT",
    "CAMERA_CRANE_UP",
    "CAMERA_ORBIT_LEFT",
    "AUTO_EFFECTS",
    "AUTO_REVERSE",
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("CAMERA_PUSH_OUT", "CAMERA_PUSH_OUT"),
        ("camera_push_out", "CAMERA_PUSH_OUT"),
        ("Camera Push Out", "CAMERA_PUSH_OUT"),
        ("camera push out", "CAMERA_PUSH_OUT"),
        ("push out", "CAMERA_PUSH_OUT"),
        ("push-out", "CAMERA_PUSH_OUT"),
        ("Zoom   OUT", "CAMERA_PUSH_OUT"),
        ('"zoom out"', "CAMERA_PUSH_OUT"),
        ("\u201czoom out\u201d", "CAMERA_PUSH_OUT"),
        ("zoom in", "CAMERA_PUSH_IN"),
        ("move right", "CAMERA_MOVE_RIGHT"),
        ("move up", "CAMERA_CRANE_UP"),
        ("crane up", "CAMERA_CRANE_UP"),
        ("rotate left", "CAMERA_ORBIT_LEFT"),
        ("auto", "AUTO_EFFECTS"),
        ("reverse", "AUTO_REVERSE"),
        ("zoom arrière", "CAMERA_PUSH_OUT"),
        ("Zoom ARRIERE", "CAMERA_PUSH_OUT"),
    ],
)
def test_an_effect_is_known_by_its_name_in_any_case_and_by_its_plain_words(typed, name):
    assert EFFECTS.find(typed) == name


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("push outt", "CAMERA_PUSH_OUT"),
        ("zom in", "CAMERA_PUSH_IN"),
        ("CAMERA_MOVE_RIHGT", "CAMERA_MOVE_RIGHT"),
        ("orbit right", "CAMERA_ORBIT_LEFT"),
        ("explode", None),
        ("<!channel>", None),
        ("", None),
    ],
)
def test_an_unknown_effect_is_refused_with_the_nearest_one_if_one_is_near(typed, nearest):
    with pytest.raises(UnknownEffect) as unknown:
        EFFECTS.find(typed)

    assert (unknown.value.typed, unknown.value.nearest) == (typed, nearest)


def test_the_configuration_adds_effects_behind_the_documented_ones_each_once():
    effects = Effects.with_extra(["CAMERA_TILT_DOWN", "AUTO_REVERSE", "CAMERA_TILT_DOWN"])

    assert effects.names == (*DOCUMENTED, "CAMERA_TILT_DOWN")
    assert effects.find("tilt down") == "CAMERA_TILT_DOWN"


def test_an_added_effect_does_not_take_a_documented_ones_words():
    effects = Effects.with_extra(["PUSH_OUT"])

    assert effects.find("push out") == "CAMERA_PUSH_OUT"
    assert effects.find("PUSH_OUT") == "PUSH_OUT", "its very name, which buttons carry"
    spoken = CATALOGUE.spoken([*DOCUMENTED, "ZOOM_OUT"])
    assert Effects.with_extra(["ZOOM_OUT"], spoken).find("zoom out") == "CAMERA_PUSH_OUT"


@pytest.mark.parametrize("name", [*DOCUMENTED, "CAMERA_TILT_DOWN", "SPARKLE"])
def test_what_the_bot_calls_an_effect_is_understood_by_the_bot(name):
    names = Effects.with_extra(["CAMERA_TILT_DOWN", "SPARKLE"]).names
    effects = Effects.with_extra(names, CATALOGUE.spoken(names))

    for language in LANGUAGES:
        say = CATALOGUE.words(language)
        assert {effects.find(words) for words in (say.effect(name), *say.also(name))} == {name}


@pytest.mark.parametrize("name", ["_", "CAMERA_", "__"])
def test_a_name_without_words_is_shown_as_it_is(name):
    for language in LANGUAGES:
        assert CATALOGUE.words(language).effect(name) == name


@given(st.text(max_size=2000))
def test_whatever_is_typed_is_an_effect_or_is_not(typed):
    with contextlib.suppress(UnknownEffect):
        assert EFFECTS.find(typed) in DOCUMENTED
