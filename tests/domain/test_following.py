"""A follow: what each poll makes of it, what is told of it, and when it ends."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import following
from bot.domain.follow import CARD, END, Follow, FollowEnd, FollowState
from bot.domain.following import Sighting
from bot.domain.request import Origin
from bot.domain.timing import Timing
from tests.domain.makers import NOW, a_video

TIMING = Timing(NOW, timeout=1800)
CARD_TS = "1700000000.000100"
ORIGIN = Origin("U1", "C1", at=NOW)


def a_follow(**changes: Any) -> Follow:
    """Of `video-1` in C1; its card stands."""
    accepted = Follow("follow-1", ORIGIN, "video-1")
    video = a_video("GENERATING_VIDEO", "pending", "pending", credits_left=50)
    checked = following.checked(accepted, video, None, TIMING)
    return replace(following.carded(checked, CARD_TS, TIMING), **changes)


def polled(follow: Follow, *statuses: str, status: str = "GENERATING_VIDEO", **more: Any) -> Follow:
    """After a poll that showed sequences of these statuses."""
    look = {key: more.pop(key) for key in ("here", "busy", "ours") if key in more}
    video = a_video(status, *statuses, **more)
    return following.seen(follow, Sighting(video, NOW, **look), TIMING)


def told(follow: Follow) -> tuple[Follow, list[str]]:
    """The follow when all that is due was said, and what that was."""
    parts = []
    while part := follow.to_post:
        follow = following.said(following.about_to_post(follow, part, TIMING), part)
        parts.append(part)
    return follow, parts


def test_its_card_comes_first_and_then_it_waits() -> None:
    accepted = Follow("follow-1", ORIGIN, "video-1")
    checked = following.checked(accepted, a_video("PENDING"), "lilac", TIMING)
    begun = following.carded(checked, CARD_TS, TIMING)

    assert [each.to_post for each in (accepted, checked, begun)] == ["", CARD, ""]
    assert (begun.state, begun.deadline) == (FollowState.FOLLOWING, NOW + 1800)
    assert begun.thread == CARD_TS


def test_one_that_had_a_card_goes_on_there() -> None:
    accepted = Follow("follow-2", ORIGIN, "video-1", message=CARD_TS)
    checked = following.checked(accepted, a_video("PENDING"), None, TIMING)

    assert (checked.state, checked.to_post) == (FollowState.FOLLOWING, "")


@pytest.mark.parametrize("polls", range(5))
def test_an_error_is_told_once_it_stood_for_three_polls(polls: int) -> None:
    follow = a_follow()
    for _ in range(polls):
        follow = polled(follow, "success", "error")

    assert follow.to_post == ("sequence-2" if polls >= 3 else "")


@pytest.mark.parametrize(
    ("looks", "parts"),
    [
        pytest.param(["e.", "e.", "e.", "e.", "e."], ["sequence-1"], id="stands for ever"),
        pytest.param(["e.", "e.", "..", "e.", "e."], [], id="goes before it is believed"),
        pytest.param(["e.", "e.", "e.", "..", ".."], ["sequence-1"], id="goes and was told"),
        pytest.param(["ee", "ee", "ee"], ["sequence-1", "sequence-2"], id="two at once"),
        pytest.param(["e.", "ee", "ee", ".e"], ["sequence-1", "sequence-2"], id="in turn"),
        pytest.param(
            ["e."] * 3 + [".."] + ["e."] * 3, ["sequence-1", "sequence-1"], id="again, so twice"
        ),
        pytest.param(["P:e."] * 9, [], id="the server restarts it"),
        pytest.param(["e.", "e.", "P:e.", "e.", "e."], [], id="restarted before it is believed"),
        pytest.param(["e."] * 3 + ["P:e."] + ["e."] * 4, ["sequence-1"], id="another is restarted"),
        pytest.param(["e.", "e.", "?:", "?:", "?:"], [], id="no content shown tells nothing"),
        pytest.param(["e.", "e.", "?:", "e."], ["sequence-1"], id="nor does it count again"),
        pytest.param(["e.", "R:", "R:"], ["sequence-1"], id="while it renders it stands"),
        pytest.param(["P:e.", "R:", "R:", "R:"], [], id="what was restarted may be well"),
        pytest.param(["e."] * 3 + ["R:"] * 3, ["sequence-1"], id="and is told once"),
        pytest.param(["NEW:e."] * 4, ["sequence-1"], id="an unknown status is a status"),
    ],
)
def test_each_error_is_told_once(looks: list[str], parts: list[str]) -> None:
    follow, found = a_follow(), []
    words = {
        "P": "PENDING",
        "R": "RENDERING_VIDEO",
        "?": "UPSCALING_VIDEO",
        "NEW": "UPSCALING_VIDEO",
    }
    for look in looks:
        status, _, shown = look.rpartition(":")
        statuses = ["error" if each == "e" else "pending" for each in shown]
        follow = polled(follow, *statuses, status=words.get(status, "GENERATING_VIDEO"))
        follow, said = told(follow)
        found += said

    assert found == parts


def test_what_could_not_be_told_yet_is_told_though_it_is_over() -> None:
    follow = a_follow()
    for statuses in (["error"], ["error"], ["error"], ["pending"], ["success"]):
        follow = polled(follow, *statuses)

    follow, parts = told(follow)

    assert parts == ["sequence-1"]
    assert follow.failed == ()


def test_with_another_effect_or_picture_it_is_another_error() -> None:
    follow, found = a_follow(), []
    for effect, url in (("A", "https://a/1?x"), ("A", "https://a/1?y"), ("B", "https://a/1")):
        video = a_video("GENERATING_VIDEO", "error")
        shown = replace(video.sequences[0], effect=effect, url=url)
        for _ in range(3):
            look = Sighting(replace(video, sequences=(shown,)), NOW)
            follow, said = told(following.seen(follow, look, TIMING))
            found += said

    assert found == ["sequence-1", "sequence-1"], "a picture that is signed anew is the same"


def test_what_a_request_tells_in_the_same_thread_is_not_told_twice() -> None:
    follow = a_follow()
    for _ in range(4):
        follow = polled(follow, "error", "error", here=frozenset({"sequence-1"}))

    follow, parts = told(follow)

    assert parts == ["sequence-2"]
    assert [each.position for each in follow.failed] == [1, 2]


@pytest.mark.parametrize(("status", "end"), [("DONE", "done"), ("FAILED", "failed")])
def test_the_end_is_told_once_with_what_failed(status: str, end: str) -> None:
    follow, found = a_follow(), []
    for _ in range(6):
        follow = polled(follow, "success", "error", status=status, url="https://v/1.mp4")
        follow, said = told(follow)
        found += said

    assert found == ["sequence-2", END]
    assert (follow.state, follow.end, follow.video_url) == ("ended", end, "https://v/1.mp4")
    assert [each.position for each in follow.failed] == [2]
    assert following.closed(follow).to_post == ""


def test_it_goes_on_while_a_request_of_ours_does() -> None:
    follow = polled(a_follow(), "success", "success", status="DONE", busy=True)
    assert follow.state is FollowState.FOLLOWING

    assert polled(follow, "success", "success", status="DONE").end is FollowEnd.DONE


def test_three_times_not_found_are_believed() -> None:
    follow = following.gone(following.gone(a_follow(), TIMING), TIMING)
    assert polled(follow, "pending").misses == 0

    assert following.gone(follow, TIMING).end is FollowEnd.GONE


def test_it_ends_at_its_deadline_and_no_later_where_the_clock_was_put_back() -> None:
    follow = a_follow()
    late, back = Timing(NOW + 1800, 1800), Timing(NOW - 5000, 1800)

    assert following.expired(follow, TIMING).state is FollowState.FOLLOWING
    assert following.expired(follow, late).end is FollowEnd.EXPIRED
    assert following.expired(follow, back).deadline == NOW - 5000 + 1800


def test_who_stops_it_reads_no_more_of_it() -> None:
    follow = a_follow()
    for _ in range(3):
        follow = polled(follow, "error")

    follow = following.stopped(follow, "U2", TIMING)

    assert (follow.end, follow.stopped_by, follow.to_post) == (FollowEnd.STOPPED, "U2", "")


@pytest.mark.parametrize(
    ("status", "polls", "failed"),
    [
        pytest.param("PENDING", 3, [], id="the server restarts it"),
        pytest.param("GENERATING_VIDEO", 2, [], id="not believed yet"),
        pytest.param("GENERATING_VIDEO", 3, [1], id="believed"),
    ],
)
def test_stopping_makes_no_failure_of_an_error_that_may_pass(
    status: str, polls: int, failed: list[int]
) -> None:
    follow = a_follow()
    for _ in range(polls):
        follow = polled(follow, "error", status=status)

    stopped = following.stopped(follow, "U2", TIMING)

    assert [each.position for each in follow.failed] == failed
    assert [each.position for each in stopped.failed] == failed
    assert not any(each.told for each in stopped.failing), "none of it stands in the thread"


def test_a_reply_that_is_on_its_way_when_it_is_stopped_counts_as_told() -> None:
    follow = a_follow()
    for _ in range(3):
        follow = polled(follow, "error", "error")
    follow = following.about_to_post(follow, "sequence-1", TIMING)

    stopped = following.stopped(follow, "U2", TIMING)

    assert [each.told for each in stopped.failing] == [True, False]


@pytest.mark.parametrize(
    ("balances", "ours", "elsewhere"),
    [
        pytest.param([50, 50], False, 0, id="as it was"),
        pytest.param([50, 38], False, 12, id="fell"),
        pytest.param([50, 38], True, 0, id="a request of ours may have done it"),
        pytest.param([47, 47, 38], False, 12, id="fell twice"),
        pytest.param([50, 80, 77], False, 3, id="topped up, and fell"),
        pytest.param([None, 44], False, 6, id="left out in between"),
        pytest.param([49.9, 49.7], False, 0.3, id="fractions"),
        pytest.param([0], False, 50, id="all of it"),
    ],
)
def test_credits_that_fall_without_us_are_counted(
    balances: list[float | None], ours: bool, elsewhere: float
) -> None:
    follow = a_follow()
    for left in balances:
        follow = polled(follow, "pending", credits_left=left, ours=ours)

    assert follow.elsewhere == elsewhere


def test_the_same_answer_again_changes_nothing_once_it_is_quiet() -> None:
    follow = polled(a_follow(), "pending", "error", credits_left=50)
    assert not following.quiet(follow)
    for _ in range(2):
        follow = polled(follow, "pending", "error", credits_left=50)
    follow, _ = told(follow)

    assert following.quiet(follow)
    assert polled(follow, "pending", "error", credits_left=50) == follow


sights = st.tuples(
    st.sampled_from(["GENERATING_VIDEO", "PENDING", "RENDERING_VIDEO", "DONE"]),
    st.lists(st.sampled_from(["success", "error", "pending"]), max_size=3),
    st.booleans(),
)


@given(st.lists(sights, max_size=25))
def test_whatever_is_seen_nothing_is_told_twice_without_another_error(sights: list[Any]) -> None:
    follow, ends, standing = a_follow(), 0, set()
    for status, statuses, busy in sights:
        follow = polled(follow, *statuses, status=status, busy=busy)
        if statuses:
            errors = {f"sequence-{n}" for n, each in enumerate(statuses, 1) if each == "error"}
            standing &= errors
        while part := follow.to_post:
            assert part not in standing
            standing.add(part)
            ends += part == END
            follow = following.said(follow, part)
    assert ends <= 1
    assert (ends == 1) == (follow.state is FollowState.ENDED)
