"""Follows of every kind, for Hypothesis."""

from typing import Any

from hypothesis import strategies as st

from bot.domain.follow import Failing, Follow, FollowEnd, FollowState
from tests.domain import strategies as some

failing = st.builds(
    Failing,
    sequence=some.ids,
    position=some.positions,
    effect=some.maybe(some.words),
    url=some.maybe(some.links),
    room=some.maybe(some.rooms),
    polls=st.integers(0, 3),
    told=st.booleans(),
    over=st.booleans(),
)


def follows(state: FollowState, **changes: Any) -> st.SearchStrategy[Follow]:
    """Whatever may be known of one in that state."""
    card = some.maybe(some.timestamps) if state is FollowState.ACCEPTED else some.timestamps
    parts: dict[str, st.SearchStrategy[Any]] = {
        "message": card,
        "repeated": st.booleans(),
        "posting_at": some.maybe(some.moments),
        "name": some.maybe(some.words),
        "automatic": st.booleans(),
        "sequences": st.integers(0, 99),
        "failing": st.lists(failing, max_size=4).map(tuple),
        "deadline": some.maybe(some.moments),
        "left": some.maybe(some.amounts),
        "elsewhere": st.just(0.0) | some.amounts,
    }
    return st.builds(
        Follow, id=some.ids, origin=some.origins, video=some.ids, state=st.just(state),
        **parts | changes,
    )  # fmt: skip


carded = follows(FollowState.CHECKED)
running = follows(FollowState.FOLLOWING)
ended = follows(
    FollowState.ENDED,
    end=st.sampled_from(list(FollowEnd)),
    ended_at=some.moments,
    stopped_by=some.maybe(some.slack_ids),
    video_url=some.maybe(some.links),
)
told_ends = ended.filter(lambda follow: follow.end is not FollowEnd.STOPPED)
"""A stop is told by the card alone."""
