"""The words of a command are read as what they are, whatever an editor made of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.command import Help, NameVideo, Regenerate, VideoRef
from bot.domain.effects import DOCUMENTED, Effects
from bot.domain.errors import BadName, NotASequence
from bot.domain.names import video_name
from bot.domain.parsing import parse
from bot.domain.request import Selection
from bot.domain.tidying import tidied
from tests.texts import CATALOGUE

EFFECTS = Effects.with_extra([], CATALOGUE.spoken(DOCUMENTED))
UUID = "550e8400-e29b-41d4-a716-446655440000"
IMAGE = "https://e.com/a.jpg"

COMMANDS = (
    "help", "status", "effects", UUID, "last", f"{UUID} 2", "last failed", "l_2-street 2,4-6",
    "kitchen-4711 7-9 push out", f"last 2 {IMAGE}", f"{UUID} 2 zoom out {IMAGE}",
    f"name {UUID} Lilac Street 12", "show last", f"{UUID} sequence-7",
    "last 1-2,5,7-8 CAMERA_CRANE_UP",
)  # fmt: skip
unseen = st.text("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202a", max_size=2)
quotes = st.sampled_from(
    ["", '"', "'", "`", "“", "”", "«", "»", "\u2018", "\u2019", "„", "```", "«\u00a0"]
)
ends = st.text('.,;:!…"”»\u2019`', max_size=3)
gaps = st.sampled_from([" ", "\u00a0", "\u202f", "  ", "\t", "\n", "\u3000"])
dashes = st.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")


@st.composite
def decorated(draw: st.DrawFn, command: str) -> str:
    """The command as editors, keyboards and careful people write it."""
    words = []
    for word in command.split():
        if "://" not in word:
            word = re.sub("-", lambda _: draw(dashes), word)  # noqa: PLW2901
        if re.fullmatch(
            r"[\d,\u2010\u2011\u2012\u2013\u2014\u2015\u2212-]+", word
        ):  # a list with gaps is not also quoted
            spaced = re.sub(r"([^\d])", lambda m: draw(st.sampled_from(["", " "])) + m[1], word)
            words.append(draw(unseen) + re.sub(r"([^\d ])", r"\1 ", spaced) + draw(unseen))
            continue
        words.append(draw(quotes) + draw(unseen) + word + draw(unseen) + draw(ends))
    return draw(gaps) + draw(gaps).join(words) + draw(ends)


@given(st.sampled_from(COMMANDS).flatmap(lambda each: st.tuples(st.just(each), decorated(each))))
def test_a_decorated_command_is_the_same_command(both):
    command, typed = both
    assert parse(typed, EFFECTS) == parse(command, EFFECTS)


@given(st.text(max_size=60))
def test_to_tidy_twice_changes_nothing_that_is_read(typed):
    once = tidied(typed)
    assert not re.search(r"[\u200b\ufeff\u2060]", once)
    assert len(once) <= len(typed)


@pytest.mark.parametrize(
    "typed",
    ["4\u20135", "4\u20145", "4\u20115", "4 - 5", "4 \u2013 5", "4- 5", "4 -5", "“4\u20135”."],
)
def test_a_range_has_any_dash(typed):
    assert parse(f"last {typed}", EFFECTS) == Regenerate(
        VideoRef("last", last=True), Selection((4, 5))
    )


@pytest.mark.parametrize("typed", [f"{UUID}, 2", f"{UUID}: 2", f"“{UUID}” 2", f"{UUID}; « 2 » !"])
def test_what_stands_between_two_words_belongs_to_neither(typed):
    assert parse(typed, EFFECTS) == parse(f"{UUID} 2", EFFECTS)


def test_a_dash_between_video_and_sequence_is_not_taken_for_a_range():
    with pytest.raises(NotASequence):
        parse(f"{UUID} - 2", EFFECTS)


@pytest.mark.parametrize(
    "link",
    [
        f"{IMAGE}?x=4\u20135",
        f"<{IMAGE}?say=«a»>",
        f"{IMAGE}?x='1'&y",
        f"<{IMAGE}?x=!>",
        f"“<{IMAGE}?x=.>”.",
    ],
)
def test_a_link_keeps_what_is_in_it(link):
    kept = link.strip("“”.").removeprefix("<").removesuffix(">")
    assert kept in tidied(f"last 2 {link}").split()[-1]


def test_an_apostrophe_inside_a_word_stays():
    with pytest.raises(BadName) as bad:
        parse(f"name {UUID} l\u2019orangerie", EFFECTS)

    assert bad.value.typed == "l\u2019orangerie"
    assert tidied("push l'out, «l'orangerie»") == "push l'out l'orangerie"


def test_a_name_ends_in_no_point_however_it_is_given():
    assert video_name("Apt. 4.") == "Apt.-4"
    named = parse(f"name {UUID} Lilac St.", EFFECTS)
    assert isinstance(named, NameVideo)
    assert named.name == "Lilac-St"
    assert parse("Help!", EFFECTS) == Help()
