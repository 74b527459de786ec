"""Texts that are safe to put into a message, and pictures that Slack can show."""

import re
from importlib import resources

import pytest

from bot.domain.images import is_picture
from bot.slack.blocks.catalogue import LANGUAGES
from bot.slack.blocks.message import code, quoted
from tests.texts import ENGLISH, FRENCH


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<!channel> & co", "&lt;!channel&gt; &amp; co"),
        ("a\nb\t\x00c", "a b c"),
        ("a\u202eb", "a b"),
        ("x" * 300, "x" * 199 + "…"),
        ("", ""),
    ],
)
def test_somebodys_words_are_escaped_on_one_line_and_cut(words, shown):
    assert quoted(words) == shown


@pytest.mark.parametrize(("words", "shown"), [("a`b", "`a\u02bbb`"), ("", "` `"), ("\x00", "` `")])
def test_code_is_ended_by_nothing_in_it(words, shown):
    assert code(words) == shown


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_items_are_listed_as_people_say_them(items, words):
    assert ENGLISH.say.listed(items) == words


@pytest.mark.parametrize(
    ("link", "can_show"),
    [
        ("https://e.com/a.jpg", True),
        ("https://e.com/a.JPEG?x=1", True),
        ("https://e.com/a.png#top", True),
        ("https://e.com/a.webp", False),
        ("https://e.com/a.mp4?x=a.jpg", False),
        ("http://e.com/a.jpg", False),
        ("https://e.com/a b.jpg", False),
        ("https://e.com/" + "a" * 3000 + ".jpg", False),
    ],
)
def test_slack_shows_png_jpg_and_gif_over_https(link, can_show):
    assert is_picture(link) is can_show


@pytest.mark.parametrize(
    ("positions", "words"),
    [((2,), "sequence 2"), ((2, 3), "sequences 2 and 3"), ((1, 2, 9), "sequences 1, 2 and 9")],
)
def test_sequences_are_called_by_their_positions(positions, words):
    assert ENGLISH.sequences(positions) == words


@pytest.mark.parametrize(
    ("seconds", "english"),
    [(0.2, "1 s"), (59, "59 s"), (60, "1 min"), (150, "2 min 30 s")],
)
def test_durations_are_short(seconds, english):
    assert ENGLISH.duration(seconds) == english
    assert FRENCH.duration(seconds) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_speaks_of_a_refund(language):
    """IACrea documents one for failed pictures of its photo services, and for nothing else."""
    folder = resources.files("bot.slack").joinpath("locales", language)
    for file in folder.iterdir():
        assert not re.search("refund|money back|rembours", file.read_text("utf-8"), re.IGNORECASE)
