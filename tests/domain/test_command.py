"""The slash command: what is understood, and what is explained instead."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.command import (
    Command,
    Help,
    ListEffects,
    NameVideo,
    OpenForm,
    Regenerate,
    ShowRequest,
    ShowStatus,
    ShowStoryboard,
    VideoRef,
)
from bot.domain.effects import DOCUMENTED, Effects
from bot.domain.errors import (
    BadImage,
    BadName,
    CommandError,
    NotASequence,
    NotAVideo,
    TooLong,
    TooManySequences,
    UnknownEffect,
)
from bot.domain.parsing import MOST_CHARACTERS, parse, video_id
from bot.domain.request import Selection
from bot.domain.video import VideoId
from tests.texts import CATALOGUE

EFFECTS = Effects.with_extra(["CAMERA_TILT_DOWN"], CATALOGUE.spoken(DOCUMENTED))
UUID = "550e8400-e29b-41d4-a716-446655440000"
OTHER = "660e8400-e29b-41d4-a716-446655440001"


def understood(typed: str) -> Command:
    return parse(typed, EFFECTS)


def sure(video: str) -> VideoRef:
    return VideoRef(video, id=VideoId(video))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", OpenForm()),
        ("  \n", OpenForm()),
        ("help", Help()),
        (" HELP ", Help()),
        ("Status", ShowStatus()),
        (UUID, ShowStoryboard(sure(UUID))),
        ("last", ShowStoryboard(VideoRef("last", last=True))),
        ("show 0123456789abcdef0123", ShowRequest("0123456789abcdef0123", None)),
        (f"show {UUID}", ShowRequest(UUID, sure(UUID))),
        (f"name {UUID} Lilac Street 12", NameVideo(sure(UUID), "Lilac-Street-12")),
        ("LAST 2", Regenerate(VideoRef("LAST", last=True), Selection((2,)))),
    ],
)
def test_the_commands_own_words_and_a_video_alone_show_something(typed, command):
    assert understood(typed) == command


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("Lilac-Street", VideoRef("Lilac-Street", id="Lilac-Street", name="lilac-street")),
        ("käse-123", VideoRef("käse-123", name="käse-123")),
        ("été", VideoRef("été", name="été")),
        ("123456", VideoRef("123456", id="123456")),
    ],
)
def test_a_word_may_be_a_name_before_it_is_an_id(typed, ref):
    assert understood(f"{typed} 2") == Regenerate(ref, Selection((2,)))


@pytest.mark.parametrize("name", ["", "2", "🏠", "last", "x" * 200, UUID])
def test_what_is_no_name_is_explained(name):
    with pytest.raises(BadName):
        understood(f"name {UUID} {name}")


def test_effects_asks_for_the_list_of_effects():
    assert understood("Effects") == ListEffects()


@pytest.mark.parametrize(
    "typed",
    [
        UUID,
        f"https://iacrea.com/video/{UUID}",
        f"https://iacrea.com/video/{UUID}/",
        f"https://iacrea.com/en/video/{UUID}/edit?tab=2#top",
        f"https://iacrea.com/video/{UUID}.mp4",
        f"https://iacrea.com/editor?id={UUID}",
        f"https://iacrea.com/editor?user={OTHER}&videoId={UUID}",
        f"https://iacrea.com/editor?user={OTHER}&amp;videoId={UUID}",
        f"https://iacrea.com/{OTHER}?video_id={UUID}",
        f"https://iacrea.com/#/video/{UUID}",
        f"iacrea.com/video/{UUID}",
        f"<https://iacrea.com/video/{UUID}>",
        f"<https://iacrea.com/video/{UUID}|iacrea.com/video/{UUID}>",
        f"<https://iacrea.com/video/{UUID}|the kitchen video>",
    ],
)
def test_a_video_is_named_by_its_id_or_by_any_link_that_contains_one(typed):
    command = understood(f"{typed} 2")
    assert isinstance(command, Regenerate)
    assert (command.video.id, command.video.name) == (UUID, None)
    assert command.selection == Selection((2,))


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://iacrea.com/video/kitchen_4711", "kitchen_4711"),
        ("https://iacrea.com/videos/v-1234567/storyboard", "v-1234567"),
        ("https://iacrea.com/watch?id=abcdef", "abcdef"),
        ("https://iacrea.com/watch?videoId=abcdef&id=other-1", "abcdef"),
        ("https://iacrea.com/watch?videoId=abc&id=v-1234567", "v-1234567"),
        ("https://iacrea.com/#/edit?video=abc-defg", "abc-defg"),
        ("https://iacrea.com/app#/videos/v-1234567", "v-1234567"),
        ("https://iacrea.com/video/%76-1234567", "v-1234567"),
        ("https://iacrea.com/a/kitchen", "kitchen"),
        (f"https://iacrea.com/video/{UUID}?id=track-1", UUID),
        (f"https://iacrea.com/video/{UUID}/sequence/{OTHER}", UUID),
    ],
)
def test_in_a_link_the_likeliest_id_is_taken(link, found):
    assert video_id(link) == found


@pytest.mark.parametrize("typed", ["abcdef", "A" * 64, "______", "123456", "kitchen-2"])
def test_an_id_is_six_to_64_letters_digits_dashes_and_underscores(typed):
    command = understood(f"{typed} {typed}")
    assert isinstance(command, Regenerate)
    assert (command.video.id, command.selection) == (typed, Selection(ids=(typed,)))


@pytest.mark.parametrize(
    "typed",
    [
        "A" * 65, "2", "failed", "status", "effects", "FAILED", "x", "2,4", "..",
        "<!channel>", "<@U12345678|anna>", "<#C12345678|general>", "@everyone", "<>", "`@kitchen`",
        "https://iacrea.com/", "https://iacrea.com/a/b", "https://[broken/abcdef", "//", "/",
        "https://iacrea.com/?id=", "https://iacrea.com/status",
    ],
)  # fmt: skip
def test_anything_else_is_no_video(typed):
    with pytest.raises(NotAVideo):
        understood(f"{typed} 2")


@pytest.mark.parametrize(
    ("typed", "selection"),
    [
        ("1", Selection((1,))),
        ("999", Selection((999,))),
        ("02", Selection((2,))),
        ("2,4", Selection((2, 4))),
        ("2,4-6", Selection((2, 4, 5, 6))),
        ("2, 4-6", Selection((2, 4, 5, 6))),
        ("2 ,4", Selection((2, 4))),
        ("6,2,6", Selection((6, 2))),
        ("3-3", Selection((3,))),
        ("1-20", Selection(tuple(range(1, 21)))),
        ("2,", Selection((2,))),
        ("failed", Selection(failed=True)),
        ("FAILED", Selection(failed=True)),
        (UUID, Selection(ids=(UUID,))),
        ("sequence_7", Selection(ids=("sequence_7",))),
        ("1234567", Selection(ids=("1234567",))),
    ],
)
def test_sequences_are_positions_lists_ranges_failed_or_an_id(typed, selection):
    assert understood(f"{UUID} {typed}") == Regenerate(sure(UUID), selection)


@pytest.mark.parametrize(
    "typed",
    ["0", "0-3", "4-2", "-2", "2-", "2,,4", "1000", "2;4", "2.5", "<!channel>", "#2", "push out"],
)
def test_anything_else_is_no_sequence(typed):
    with pytest.raises(NotASequence):
        understood(f"{UUID} {typed}")


@pytest.mark.parametrize(
    ("typed", "asked"), [("1-21", 21), ("1-999", 999), ("1-15,20-30", 26), ("900-999", 100)]
)
def test_more_sequences_than_a_request_takes_are_refused(typed, asked):
    with pytest.raises(TooManySequences) as many:
        understood(f"{UUID} {typed}")

    assert (many.value.asked, many.value.most) == (asked, 20)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("CAMERA_PUSH_OUT", "CAMERA_PUSH_OUT"),
        ("camera push out", "CAMERA_PUSH_OUT"),
        ("Zoom Out", "CAMERA_PUSH_OUT"),
        ("tilt down", "CAMERA_TILT_DOWN"),
        ("zoom arriere", "CAMERA_PUSH_OUT"),
    ],
)
def test_an_effect_is_its_name_or_its_plain_words(typed, name):
    assert understood(f"{UUID} 2 {typed}") == Regenerate(sure(UUID), Selection((2,)), effect=name)


def test_an_unknown_effect_is_explained_with_the_nearest():
    with pytest.raises(UnknownEffect) as unknown:
        understood(f"{UUID} 2 puhs out")

    assert unknown.value == UnknownEffect("puhs out", "CAMERA_PUSH_OUT")


@pytest.mark.parametrize(
    "typed",
    [
        "https://e.com/a.jpg zoom out",
        "zoom out https://e.com/a.jpg",
        "zoom https://e.com/a.jpg out",
        "zoom out <https://e.com/a.jpg>",
        "<https://e.com/a.jpg|e.com/a.jpg> zoom out",
        "zoom out <https://e.com/a.jpg|the new kitchen>",
    ],
)
def test_an_image_link_may_stand_before_or_behind_the_effect(typed):
    wanted = {"effect": "CAMERA_PUSH_OUT", "image": "https://e.com/a.jpg"}
    assert understood(f"{UUID} 2 {typed}") == Regenerate(sure(UUID), Selection((2,)), **wanted)


def test_the_image_link_slack_escaped_is_the_one_that_was_typed():
    typed = f"{UUID} 2 <https://e.com/a.jpg?w=1&amp;copy=2>"

    image = "https://e.com/a.jpg?w=1&copy=2"
    assert understood(typed) == Regenerate(sure(UUID), Selection((2,)), image=image)


@pytest.mark.parametrize(
    ("typed", "private"),
    [
        ("http://e.com/a.jpg", False),
        ("e.com/a.jpg", False),
        ("localhost:8080", False),
        ("https://e.com/a.jpg https://e.com/b.jpg", False),
        ("https://127.0.0.1/a.jpg", True),
        ("<https://10.0.0.1/a.jpg|e.com>", True),
    ],
)
def test_an_image_that_cannot_be_used_is_explained(typed, private):
    with pytest.raises(BadImage) as bad:
        understood(f"{UUID} 2 {typed}")

    assert bad.value.private is private


@pytest.mark.parametrize("piece", ["x", "<!channel> ", "2,", "\U0001f3ac", "https://", "((("])
def test_four_thousand_characters_of_anything_are_too_long(piece):
    typed = (piece * 4000)[:4000]

    with pytest.raises(TooLong) as long:
        understood(typed)

    assert long.value == TooLong(length=4000, most=MOST_CHARACTERS)


pieces = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [UUID, "2", "2,4-6", "failed", "help", "effects", "zoom out", "<", ">", "|", "<!channel>",
         "https://", "https://e.com/a.jpg", f"<https://iacrea.com/{UUID}|x y>", "://[", "%", "#"]
    ),
)  # fmt: skip


@given(st.text() | st.lists(pieces, max_size=8).map(" ".join))
def test_whatever_is_typed_is_understood_or_explained(typed):
    with contextlib.suppress(CommandError):
        understood(typed)


@given(st.lists(pieces, max_size=8).map(" ".join))
def test_what_is_understood_names_a_video_and_something_of_it(typed):
    with contextlib.suppress(CommandError):
        command = understood(typed)
        if isinstance(command, Regenerate):
            video = command.video
            assert video.last or video.name or 6 <= len(video.id or "") <= 64
            assert command.selection != Selection()
