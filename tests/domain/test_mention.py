"""What is said to the bot in a thread, where the video may be left out."""

import pytest

from bot.domain.command import LEFT_OUT, Again, Regenerate, ShowRequest, ShowStatus, VideoRef
from bot.domain.effects import DOCUMENTED, Effects
from bot.domain.errors import NotAVideo
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
