"""Takes: which regenerations are kept, and what their links are, whatever IACrea means by them."""

from dataclasses import replace

import pytest

from bot.domain.request import GenerationState, MessageTs, State
from bot.domain.take import Take, completed, takes, without_overwritten
from tests.domain.makers import NOW, a_generation, a_request, an_order

DONE, EXPIRED = GenerationState.DONE, GenerationState.EXPIRED
PHOTO, NEW_PHOTO = "https://cdn.e.com/photo.jpg", "https://cdn.e.com/new.png?sig=1"
OLD_CLIP, CLIP = "https://cdn.e.com/old.mp4", "https://cdn.e.com/c/77?sig=2"
FILM = "https://cdn.e.com/film.mp4"


def a_take(state=DONE, *, at=NOW, name="request-1", video="video-1", **changes):
    order = an_order(2, **{key: changes.pop(key) for key in ("image", "watch") if key in changes})
    film = changes.pop("film", None)
    generation = a_generation(2, state, sent_at=at, **changes)
    [take] = takes(a_request(State.ENDED, generation, order=order, video_url=film))
    return replace(take, entry=replace(take.entry, request=name, video=video))


@pytest.mark.parametrize("state", GenerationState)
def test_what_has_ended_and_may_have_been_paid_for_is_kept(state):
    kept = {
        GenerationState.DONE,
        GenerationState.FAILED,
        GenerationState.NOT_STARTED,
        GenerationState.EXPIRED,
        GenerationState.STOPPED,
    }
    request = a_request(State.PENDING, a_generation(2, state))
    assert [each.entry.outcome for each in takes(request)] == ([state] if state in kept else [])


def test_one_that_has_ended_is_kept_while_others_run():
    running, failed = GenerationState.RUNNING, GenerationState.FAILED
    request = a_request(State.PENDING, a_generation(1, running), a_generation(2, failed))
    assert [each.name for each in takes(request)] == ["request-1:sequence-2"]


@pytest.mark.parametrize(
    ("image", "before", "after", "picture", "clip_before", "clip"),
    [
        # The links lead to the source picture.
        (None, PHOTO, PHOTO, PHOTO, None, None),
        (NEW_PHOTO, PHOTO, NEW_PHOTO, NEW_PHOTO, None, None),
        (None, None, PHOTO, PHOTO, None, None),
        ("https://e.com/i/9", PHOTO, "https://e.com/i/9", "https://e.com/i/9", None, None),
        # They lead to the clip.
        (None, OLD_CLIP, CLIP, None, OLD_CLIP, CLIP),
        (NEW_PHOTO, OLD_CLIP, CLIP, NEW_PHOTO, OLD_CLIP, CLIP),
        # To the picture before there was a clip.
        (None, PHOTO, CLIP, PHOTO, None, CLIP),
        (None, None, None, None, None, None),
    ],
)
def test_a_clip_is_never_taken_for_a_picture(image, before, after, picture, clip_before, clip):
    take = a_take(image=image, url=before, new_url=after)
    assert (take.picture, take.clip_before, take.clip) == (picture, clip_before, clip)


def test_a_take_leads_to_its_outcome():
    request = a_request(State.TOLD, a_generation(2, DONE), reply=MessageTs("1700000090.000200"))
    [take] = takes(request)
    assert take.permalink is None, "as long as nobody knows the workspace"

    there = Take(take.entry, workspace="https://acme.slack.com/", message=take.message)
    assert there.permalink == "https://acme.slack.com/archives/C1/p1700000090000200"
    threaded = Take(take.entry, None, workspace=there.workspace, message=take.message, thread="1.2")
    assert threaded.permalink == f"{there.permalink}?thread_ts=1.2&cid=C1"


def test_what_was_watched_on_ends_the_take_that_it_watched():
    late = a_take(EXPIRED, at=NOW, name="first", url=OLD_CLIP)
    other = a_take(DONE, at=NOW + 1, name="other", video="video-2")
    seen = a_take(DONE, at=NOW + 9, name="second", watch=True, new_url=CLIP, film=FILM)

    told = completed([seen, other, late])

    assert [each.entry.request for each in told] == ["other", "first"]
    ended = told[1]
    assert (ended.entry.outcome, ended.clip_before, ended.clip) == (DONE, OLD_CLIP, CLIP)
    assert (ended.film, ended.watched) == (FILM, False)


def test_where_it_was_watched_in_another_conversation_the_take_leads_to_its_own():
    late = replace(a_take(EXPIRED), message="1.1", thread="1.0")
    seen = replace(a_take(DONE, at=NOW + 9, watch=True, new_url=CLIP), message="2.2", thread="2.1")
    there = replace(seen, entry=replace(seen.entry, channel="C2"))

    [here] = completed([late, seen])
    [elsewhere] = completed([late, there])

    assert (here.message, here.thread) == ("2.2", "2.1")
    assert (elsewhere.message, elsewhere.thread, elsewhere.clip) == ("1.1", "1.0", CLIP)


def test_what_was_watched_stands_for_itself_where_the_one_before_is_not_kept():
    seen = a_take(DONE, watch=True, new_url=CLIP)
    assert completed([seen]) == [seen]
    finished = a_take(DONE, at=NOW - 9)
    assert completed([finished, seen]) == [seen, finished]


@pytest.mark.parametrize("state", [EXPIRED, GenerationState.STOPPED])
def test_watching_on_that_saw_no_end_is_no_take(state):
    generation = a_generation(2, state)
    assert takes(a_request(State.ENDED, generation, order=an_order(2, watch=True))) == ()


def test_a_link_that_a_newer_take_has_too_is_told_there_alone():
    newer = a_take(at=NOW + 9, name="newer", new_url=CLIP, film=FILM)
    older = a_take(at=NOW, name="older", new_url=CLIP, film=FILM, url=PHOTO)
    oldest = a_take(at=NOW - 9, name="oldest", new_url=OLD_CLIP, film="https://cdn.e.com/1.mp4")

    told = without_overwritten([newer, older, oldest])

    assert [(each.clip, each.film) for each in told] == [
        (CLIP, FILM),
        (None, None),
        (OLD_CLIP, "https://cdn.e.com/1.mp4"),
    ]
    assert told[1].picture == PHOTO
