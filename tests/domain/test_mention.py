"""What is said to the bot: wholly a command, where the video may be left out, or prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.command import (
    LEFT_OUT,
    Again,
    NameVideo,
    OpenForm,
    Regenerate,
    ShowRequest,
    ShowStatus,
    VideoRef,
)
from bot.domain.effects import DOCUMENTED, Effects
from bot.domain.errors import BadImage, NotAVideo, TooManySequences, UnknownEffect
from bot.domain.mention import Guess, Mistyped, guess, plain_name, read
from bot.domain.parsing import parse
from bot.domain.request import Selection
from bot.domain.video import VideoId
from tests.texts import CATALOGUE

EFFECTS = Effects.with_extra(["CAMERA_TILT_DOWN"], CATALOGUE.spoken(DOCUMENTED))
UUID = "550e8400-e29b-41d4-a716-446655440000"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("again", Again()),
        ("show", ShowRequest("", LEFT_OUT)),
        ("2", Regenerate(LEFT_OUT, Selection((2,)))),
        ("2, 4-5 push out", Regenerate(LEFT_OUT, Selection((2, 4, 5)), "CAMERA_PUSH_OUT")),
        ("Failed", Regenerate(LEFT_OUT, Selection(failed=True))),
        (f"{UUID} 2", Regenerate(VideoRef(UUID, id=VideoId(UUID)), Selection((2,)))),
        ("status", ShowStatus()),
    ],
)
def test_in_a_thread_the_video_may_be_left_out(typed, command):
    assert parse(typed, EFFECTS, in_thread=True) == command


def test_elsewhere_a_video_that_is_left_out_is_missed():
    assert LEFT_OUT.left_out
    for typed in ("2", "2 push out", "show", "failed"):
        with pytest.raises(NotAVideo):
            parse(typed, EFFECTS)


BOT = "<@U1>"
SECOND = Regenerate(LEFT_OUT, Selection((2,)), "CAMERA_PUSH_OUT")


def said(text: str, *, direct: bool = False) -> object:
    return read(text, "U1", EFFECTS, direct=direct)


@pytest.mark.parametrize(
    "text",
    [
        f"{BOT} 2 push out",
        f"2 push out {BOT}",
        "<@U1|regen>: 2 push out",
        f"  {BOT}   2   Push Out  ",
        f"{BOT} `2 push out`",
        f"{BOT} ```2 push out```",
        f"{BOT} ```\n2 push out\n```",
        f"{BOT} 2 push out.",
        f"{BOT}, 2 push out!",
        f"{BOT} 2 zoom arrière…",
    ],
)
def test_what_is_wholly_a_command_is_one_however_it_is_put(text):
    assert said(text) == SECOND


@pytest.mark.parametrize(
    "text",
    [
        f"{BOT} sequence 2 again?",
        f"{BOT} 2 push out?",
        f"so {BOT} 2 push out",
        f"{BOT} {BOT} 2 push out",
        f"{BOT} 2 push out {BOT}",
        f"{BOT} <@U2> 2 push out",
        f"{BOT} <!here> 2 push out",
        f"{BOT}\n&gt; 2 push out",
        f"&gt; {BOT} 2 push out",
        f"{BOT} &gt; 2 push out",
        f"{BOT} • 2 push out",
        f"{BOT} 1. 2 push out",
        f"{BOT} - 2 push out",
        f"{BOT} 2 push out\nthanks",
        f"{BOT} look: ```2 push out```",
        f"{BOT} 2 people like it",
        f"{BOT} kitchen already",
        f"{BOT} 2 :tada:",
        f"{BOT} 1,000 credits",
        f"{BOT} status of the kitchen",
        f"{BOT} help me",
        "2 push out",
        "",
        f"{BOT} {'2 push out ' * 4000}",
    ],
)
def test_anything_else_is_prose(text):
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (f"{BOT} 2 puhs out", UnknownEffect("puhs out", "CAMERA_PUSH_OUT")),
        (f"{BOT} {UUID} 2 zoom arriere!", None),
        (f"{BOT} 2 https://10.0.0.1/a.jpg", BadImage("https://10.0.0.1/a.jpg", private=True)),
        (f"{BOT} 1-50", TooManySequences(50, 20, tuple(range(1, 21)))),
    ],
)
def test_a_command_with_a_mistake_in_it_is_told_apart_from_prose(text, mistake):
    if mistake is None:
        assert isinstance(said(text), Regenerate)
    else:
        told = said(text)
        assert isinstance(told, Mistyped)
        assert told.error == mistake
        assert plain_name(told) is None


def test_a_mistake_behind_a_plain_word_is_one_only_where_a_video_is_called_that():
    told = said(f"{BOT} please 2 push it out")

    assert isinstance(told, Mistyped)
    assert plain_name(told) == "please"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (BOT, OpenForm()),
        (f"{BOT} again!", Again()),
        (f"{BOT} status", ShowStatus()),
        (f"{BOT} failed", Regenerate(LEFT_OUT, Selection(failed=True))),
        (f"{BOT} name last kitchen", NameVideo(VideoRef("last", last=True), "kitchen")),
        (
            f"{BOT} 2 &lt;https://e.com/a.jpg?x=1&amp;amp;y=2&gt;",
            Regenerate(LEFT_OUT, Selection((2,)), image="https://e.com/a.jpg?x=1&y=2"),
        ),
        (
            f"{BOT} 2 <https://e.com/a.jpg?x=1&amp;y=2>",
            Regenerate(LEFT_OUT, Selection((2,)), image="https://e.com/a.jpg?x=1&y=2"),
        ),
    ],
)
def test_other_words_and_links_are_read_as_the_commands(text, command):
    assert said(text) == command
    assert said(text.removeprefix(BOT).strip(), direct=True) == command


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("kitchen 2", "kitchen"),
        ("please 2", "please"),
        ("sequence 2", "sequence"),
        ("show me", "me"),
        ("lilac-street-12 2", None),
        (f"{UUID} 2", None),
        ("https://iacrea.com/video/abcdef 2", None),
        ("last 2", None),
        ("2", None),
        ("status", None),
    ],
)
def test_a_plain_word_is_a_video_only_where_one_is_called_that(words, name):
    assert plain_name(parse(words, EFFECTS, in_thread=True)) == name


@pytest.mark.parametrize(
    ("sentence", "meant", "typed"),
    [
        ("sequence 2 again?", Guess(Selection((2,))), "2"),
        ("could you do 2 and 4-5 with a push out", Guess(Selection((2, 4, 5)), "CAMERA_PUSH_OUT"),
         "2,4,5"),
        ("refais les 2 en zoom arrière svp", Guess(Selection((2,)), "CAMERA_PUSH_OUT"), "2"),
        ("all that failed, please", Guess(Selection(failed=True)), "failed"),
        ("once again please", Guess(again=True), "again"),
        ("how nice", Guess(), None),
        ("see https://iacrea.com/video/12 and 2024", Guess(), None),
    ],
)  # fmt: skip
def test_of_prose_what_it_could_mean_is_offered(sentence, meant, typed):
    assert guess(sentence, EFFECTS) == meant
    assert meant.typed == typed


ENGLISH = [
    "the", "a", "this", "that", "it", "is", "was", "looks", "look", "good", "better",
    "please", "thanks", "could", "you", "can", "we", "do", "redo", "make", "with", "without",
    "kitchen", "sequence", "scene", "video", "client", "people", "think", "like", "love",
    "maybe", "so", "and", "or", "but", "for", "one", "more", "time", "than", "yesterday",
    "tomorrow", "in", "at", "of", "to", "all", "fine", "great", "too", "fast", "slow",
]  # fmt: skip
FRENCH = [
    "le", "la", "les", "un", "une", "ce", "cette", "est", "était", "semble", "bien", "mieux",
    "merci", "peux", "tu", "pouvez", "vous", "peut", "refaire", "avec", "sans", "cuisine",
    "séquence", "scène", "vidéo", "client", "gens", "pense", "aime", "voilà", "alors", "et",
    "ou", "mais", "pour", "encore", "fois", "que", "hier", "demain", "dans", "à", "de",
    "tout", "super", "trop", "rapide", "lent", "s'il", "plaît",
]  # fmt: skip
COMMANDS = [
    "2", "2,4-6", "3", "failed", "again", "last", "status", "show", "push out", "zoom arrière",
    "reverse", "https://e.com/a.jpg", UUID,
]  # fmt: skip
"""What a sentence may hold of the command's own words."""


@st.composite
def sentences(draw):
    """A sentence in one language, with the command's words somewhere in it."""
    plain = draw(st.sampled_from([ENGLISH, FRENCH]))
    words = draw(st.lists(st.sampled_from(plain), min_size=2, max_size=9))
    for word in draw(st.lists(st.sampled_from(COMMANDS), max_size=4)):
        words.insert(draw(st.integers(0, len(words))), word)
    sentence = " ".join(words)
    sentence = draw(st.sampled_from([sentence, sentence.capitalize(), f"`{sentence}`"]))
    return sentence + draw(st.sampled_from(["", ".", "?", "!", " …", " :)"]))


@given(sentences(), st.sampled_from(["{bot} {it}", "{it} {bot}", "{bot}, {it}"]))
def test_no_prose_spends(sentence, put):
    command = said(put.format(bot=BOT, it=sentence))

    assert not isinstance(command, Regenerate | Again)


@given(sentences())
def test_no_prose_spends_in_a_direct_message(sentence):
    assert not isinstance(said(sentence, direct=True), Regenerate | Again)


markup = st.sampled_from(
    [BOT, "<@U2>", "<!here>", "<https://e.com/v?a=1|e.com>", "&gt;", "&amp;lt;", "```", "`", "\n",
     "• ", "2", "2,", "-4", "failed", "name", "show", "last", ":tada:", "\u200b", "«", "–", "https://"]
)  # fmt: skip


@given(st.lists(markup | st.text(max_size=4), max_size=12).map(" ".join), st.booleans())
def test_whatever_is_said_is_read_as_something(text, direct):
    command = said(text, direct=direct)

    assert command is None or plain_name(command) is None or isinstance(plain_name(command), str)
    assert guess(text, EFFECTS).typed != ""
