"""The configuration of who may spend how much, and of what people read."""

import pytest

from bot.slack.blocks.catalogue import LANGUAGES
from tests.test_config import config, problem


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_CHANNELS", "#listings"),
        ("ALLOWED_CHANNELS", "C0123ABCD U0123ABCD"),
        ("ALLOWED_USERS", "C0123ABCD"),
        ("ALLOWED_USERS", "anna"),
        ("ADMIN_USERS", "u0123abcd"),
        ("ALLOWED_TEAMS", "C0123ABCD"),
        ("ALLOWED_TEAMS", "acme.slack.com"),
        ("ALLOW_GUESTS", "some"),
        ("MAX_REGENS_PER_HOUR", "0"),
        ("MAX_REGENS_PER_HOUR", "-1"),
        ("MAX_REGENS_PER_HOUR", "2.5"),
        ("MAX_REGENS_PER_HOUR", "many"),
        ("LOW_CREDITS", "-1"),
        ("LOW_CREDITS", "nan"),
        ("LOW_CREDITS", "10,5"),
        ("BOT_LOCALE", "de"),
        ("BOT_LOCALE", "french"),
        ("INLINE_VIDEO", "2"),
        ("INLINE_VIDEO", "yes"),
    ],
)
def test_what_cannot_be_used_is_named(name, value):
    assert problem(**{name: value}).startswith(f"{name}: ")


def test_who_may_do_what_is_read_each_once():
    read = config(
        ALLOWED_CHANNELS=" C0123ABCD,G0123ABCD ,, D0123ABCD,C0123ABCD",
        ALLOWED_USERS="U0123ABCD,W0123ABCD,S0123ABCD",
        ALLOWED_TEAMS="T0123ABCD, E0123ABCD,T0123ABCD",
        ALLOW_GUESTS="1",
        ADMIN_USERS="U0123ABCD,",
        MAX_REGENS_PER_HOUR="20",
        IACREA_USER_ID="550e8400-e29b-41d4-a716-446655440000",
    )
    assert read.allowed_channels == ("C0123ABCD", "G0123ABCD", "D0123ABCD")
    assert read.allowed_users == ("U0123ABCD", "W0123ABCD", "S0123ABCD")
    assert read.allowed_teams == ("T0123ABCD", "E0123ABCD")
    assert read.allow_guests is True
    assert read.admin_users == ("U0123ABCD",)
    assert read.max_regens_per_hour == 20
    assert read.iacrea_user_id == "550e8400-e29b-41d4-a716-446655440000"


def test_of_a_list_the_wrong_ones_are_named_and_not_the_right_ones():
    said = problem(ALLOWED_CHANNELS="C0123ABCD,general,#sales")
    assert "'general', '#sales' cannot be used" in said
    assert "C0123ABCD," not in said
    assert "'c', 'd', 'e' and 2 more" in problem(ADMIN_USERS="c,d,e,f,g")


@pytest.mark.parametrize(("value", "expected"), [("0", 0), ("2.5", 2.5), ("100", 100)])
def test_the_warning_of_few_credits_can_be_set_to_any_number(value, expected):
    assert config(LOW_CREDITS=value).low_credits == expected


@pytest.mark.parametrize("value", ["fr", "FR", "fr-FR", "fr_CA"])
def test_a_language_may_come_with_its_country(value):
    assert config(BOT_LOCALE=value).bot_locale == "fr"


def test_a_language_without_texts_is_answered_with_those_that_have_some():
    assert problem(BOT_LOCALE="de").endswith(f"write {' or '.join(LANGUAGES)}")
    assert [config(BOT_LOCALE=each).bot_locale for each in LANGUAGES] == [*LANGUAGES]


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("true", True), ("0", False), ("False", False)]
)
def test_the_video_in_the_thread_is_switched_on_and_off(value, expected):
    assert config(INLINE_VIDEO=value).inline_video is expected
