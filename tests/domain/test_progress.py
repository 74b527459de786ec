"""How far a running request is."""

import pytest
from hypothesis import given

from bot.domain.progress import Progress, Stage, progress
from tests.domain.makers import a_video
from tests.domain.strategies import videos


@pytest.mark.parametrize(
    ("video", "seen"),
    [
        (a_video("PENDING"), Progress(Stage.QUEUED, status="PENDING")),
        (
            a_video("GENERATING_VIDEO", "success", "pending", "error"),
            Progress(Stage.ANIMATING, done=1, of=3, status="GENERATING_VIDEO"),
        ),
        (
            a_video("START_RENDERING_VIDEO", "success", progress=0.0),
            Progress(Stage.RENDERING, done=1, of=1, status="START_RENDERING_VIDEO"),
        ),
        (
            a_video("RENDERING_VIDEO", progress=0.4),
            Progress(Stage.RENDERING, rendered=0.4, status="RENDERING_VIDEO"),
        ),
        (a_video("POLISHING"), Progress(Stage.UNKNOWN, status="POLISHING")),
    ],
)
def test_every_documented_status_has_its_stage_and_any_other_is_shown_as_it_is(video, seen):
    assert progress(video) == seen


@pytest.mark.parametrize("status", ["DONE", "FAILED"])
def test_what_is_still_settled_from_before_counts_as_queued(status):
    assert progress(a_video(status)).stage is Stage.QUEUED


@given(videos)
def test_the_bar_stays_between_its_ends_and_no_answer_is_too_strange(video):
    seen = progress(video)

    assert 0 <= seen.share <= 1
    assert 0 <= seen.done <= seen.of or not seen.of


def test_the_bar_never_goes_back_while_all_goes_well():
    answers = [
        a_video("PENDING"),
        a_video("GENERATING_VIDEO", "pending", "pending"),
        a_video("GENERATING_VIDEO", "success", "pending"),
        a_video("GENERATING_VIDEO", "success", "success"),
        a_video("START_RENDERING_VIDEO", "success", "success", progress=0.0),
        a_video("RENDERING_VIDEO", progress=0.5),
        a_video("RENDERING_VIDEO", progress=1.0),
    ]
    shares = [progress(answer).share for answer in answers]

    assert shares == sorted(shares)
    assert shares[-1] == 1
