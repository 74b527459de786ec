"""The state machine: up to the POST and what comes of it, and from the outcome until it is told."""

import pytest

from bot.domain import errors, events
from bot.domain.errors import AskFirst, CannotPost, NoCredits, NoSuchSequence, TooLate
from bot.domain.notice import Upload
from bot.domain.request import GenerationState, Outcome, Selection, State
from bot.domain.video import Receipt
from tests.domain.makers import (
    ALL_WELL,
    NOW,
    a_generation,
    a_request,
    a_video,
    after,
    an_order,
    seen,
    states,
)

# --- before anything is spent ---


def test_the_check_fixes_which_sequences_are_meant_and_how_they_were():
    video = a_video("FAILED", "success", "error", credits_left=12)

    checked = after(a_request(), events.Retrying(), events.Checked(video))

    assert checked.state is State.CHECKED
    assert [(each.sequence, each.position, each.status) for each in checked.generations] == [
        ("sequence-2", 2, "error")
    ]
    assert (checked.sequences, checked.video_status) == (2, "FAILED")
    assert (checked.credits_left, checked.tries) == (12, 0)


def test_the_check_notes_what_people_call_the_video():
    checked = after(a_request(), events.Checked(a_video("DONE", *ALL_WELL), name="lilac-street"))

    assert checked.name == "lilac-street"


def test_what_is_not_there_ends_the_request_before_it_is_announced():
    ended = after(a_request(order=an_order(9)), events.Checked(a_video("DONE", *ALL_WELL)))

    assert (ended.state, ended.outcome) == (State.ENDED, Outcome.REJECTED)
    assert ended.problem == NoSuchSequence("video-1", "9", 5)
    assert (ended.generations, ended.ended_at) == ((), NOW)


def test_what_is_not_there_is_said_with_the_name_that_people_gave_the_video():
    checked = events.Checked(a_video("DONE", *ALL_WELL), name="lilac-street")

    assert after(a_request(order=an_order(9)), checked).problem == NoSuchSequence(
        "lilac-street", "9", 5
    )


def test_with_no_credits_left_the_request_ends_before_it_is_announced():
    ended = after(a_request(), events.Checked(a_video("DONE", *ALL_WELL, credits_left=0)))

    assert (ended.outcome, ended.problem) == (Outcome.REJECTED, NoCredits())


def test_a_question_to_the_person_ends_the_request_and_their_yes_is_another_one():
    rendering = events.Checked(a_video("RENDERING_VIDEO", *ALL_WELL, progress=0.5))

    asking = after(a_request(order=an_order(2, agreed=())), rendering)

    assert asking.problem == AskFirst(("rendering",), (2,), (), 0.5)
    assert after(a_request(order=an_order(2)), rendering).state is State.CHECKED


def test_nothing_is_sent_before_the_message_stands_in_the_channel():
    checked = a_request(State.CHECKED, a_generation())

    assert after(checked, events.Sending()) == checked
    announced = after(checked, events.Posting(), events.Announced("1.2"))
    assert (announced.state, announced.message) == (State.ANNOUNCED, "1.2")
    assert not announced.posting


def test_where_the_bot_cannot_post_nothing_is_sent():
    ended = after(
        a_request(State.CHECKED, a_generation()),
        events.Posting(),
        events.Rejected(CannotPost("not_in_channel")),
        events.Sending(),
    )

    assert (ended.state, ended.outcome) == (State.ENDED, Outcome.REJECTED)
    assert states(ended) == [GenerationState.WAITING]


def test_an_announced_request_that_is_too_late_ends_without_being_sent():
    ended = after(a_request(State.ANNOUNCED, a_generation()), events.Rejected(TooLate(31)))

    assert (ended.outcome, ended.problem) == (Outcome.REJECTED, TooLate(31))


def test_a_message_of_unknown_fate_is_remembered_until_slack_says_it_was_not_posted():
    posting = after(a_request(State.CHECKED, a_generation()), events.Posting())

    assert posting.posting
    assert not after(posting, events.NotPosted()).posting


# --- the POST ---


def test_sending_is_written_down_with_its_time_before_the_answer_is_known():
    sending = after(a_request(State.ANNOUNCED, a_generation()), events.Sending(), now=NOW + 3)

    assert sending.state is State.SUBMITTING
    assert sending.sending is not None
    assert sending.sending.sent_at == NOW + 3


def test_an_accepted_post_is_watched_for_as_long_as_the_timeout_says():
    receipt = Receipt("g1", credits_left=7, credits_used=1)

    pending = after(a_request(State.ANNOUNCED, a_generation(), credits_left=8), events.Sending())
    pending = after(pending, events.Submitted(receipt), now=NOW + 2)

    assert (pending.state, pending.deadline) == (State.PENDING, NOW + 2 + 1800)
    [generation] = pending.generations
    assert (generation.state, generation.sent_at) == (GenerationState.RUNNING, NOW + 2)
    assert (generation.generation_id, generation.credits_used, pending.credits_left) == ("g1", 1, 7)


def test_a_receipt_without_credits_keeps_what_was_known():
    submitting = a_request(
        State.SUBMITTING, a_generation(2, GenerationState.SENDING), credits_left=9
    )

    assert after(submitting, events.Submitted(Receipt())).credits_left == 9


@pytest.mark.parametrize("unaccepted", [events.Throttled(), events.NotSent()])
def test_what_was_surely_not_accepted_is_sent_again(unaccepted):
    sending = a_request(State.SUBMITTING, a_generation(2, GenerationState.SENDING))

    waiting = after(sending, unaccepted)

    assert (states(waiting), waiting.tries + waiting.throttled) == ([GenerationState.WAITING], 1)
    assert states(after(waiting, events.Sending())) == [GenerationState.SENDING]


def test_a_post_whose_answer_was_lost_is_never_sent_again():
    lost = after(
        a_request(State.SUBMITTING, a_generation(2, GenerationState.SENDING)), events.Lost()
    )

    assert (lost.state, states(lost)) == (State.PENDING, [GenerationState.LOST])
    assert after(lost, events.Sending(), events.Throttled(), events.NotSent()) == lost


def test_several_sequences_are_sent_one_after_the_other_and_then_watched():
    request = a_request(State.ANNOUNCED, a_generation(1), a_generation(2))

    request = after(request, events.Sending(), events.Sending())
    assert states(request) == [GenerationState.SENDING, GenerationState.WAITING]
    request = after(request, events.Submitted(Receipt("g1")))
    assert (request.state, request.deadline) == (State.SUBMITTING, None)
    request = after(request, events.Sending(), events.Lost())

    assert states(request) == [GenerationState.RUNNING, GenerationState.LOST]
    assert request.state is State.PENDING


def test_a_refusal_of_the_only_sequence_ends_the_request():
    ended = after(
        a_request(State.SUBMITTING, a_generation(2, GenerationState.SENDING)),
        events.Refused(NoCredits()),
    )

    assert (ended.state, ended.outcome) == (State.ENDED, Outcome.REJECTED)
    assert ended.problem == NoCredits()


def test_after_a_refusal_the_other_sequences_are_not_tried_and_the_accepted_ones_go_on():
    generations = (
        a_generation(1, GenerationState.RUNNING),
        a_generation(2, GenerationState.SENDING),
        a_generation(3),
    )
    refused = after(a_request(State.SUBMITTING, *generations), events.Refused(NoCredits()))

    assert states(refused) == [
        GenerationState.RUNNING,
        GenerationState.REFUSED,
        GenerationState.REFUSED,
    ]
    assert refused.state is State.PENDING
    done = after(refused, events.Seen(a_video("PENDING"), NOW), seen("DONE", *ALL_WELL))
    assert states(done) == [GenerationState.DONE, GenerationState.REFUSED, GenerationState.REFUSED]
    assert (done.outcome, done.problem) == (Outcome.FAILED, NoCredits())


def test_an_answer_that_comes_after_it_was_given_up_changes_nothing():
    request = a_request(State.SUBMITTING, a_generation(1, GenerationState.LOST), a_generation(2))

    for late in (events.Submitted(Receipt("g1")), events.Throttled(), events.Lost()):
        assert after(request, late) == request


# --- telling ---


def test_what_was_never_announced_is_told_in_private_and_that_is_all():
    rejected = a_request(State.ENDED, message=None, problem=errors.IACreaUnavailable())

    assert after(rejected, events.Told()).state is State.TOLD


def test_an_outcome_in_the_thread_is_followed_by_a_last_edit_of_the_announcement():
    ended = a_request(State.ENDED, a_generation(2, GenerationState.DONE))

    told = after(ended, events.Posting(), events.Told("1.3"))
    assert (told.state, told.reply, told.posting) == (State.ENDED, "1.3", False)
    assert after(told, events.Closed()).state is State.TOLD


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        ((GenerationState.DONE, GenerationState.DONE), Outcome.DONE),
        ((GenerationState.DONE, GenerationState.FAILED), Outcome.FAILED),
        ((GenerationState.DONE, GenerationState.REFUSED), Outcome.FAILED),
        ((GenerationState.REFUSED, GenerationState.REFUSED), Outcome.REJECTED),
        ((GenerationState.EXPIRED, GenerationState.DONE), Outcome.EXPIRED),
        ((GenerationState.FAILED, GenerationState.EXPIRED), Outcome.FAILED),
        ((GenerationState.STOPPED, GenerationState.DONE), Outcome.STOPPED),
        ((GenerationState.STOPPED, GenerationState.FAILED), Outcome.FAILED),
        ((GenerationState.STOPPED, GenerationState.NOT_STARTED), Outcome.UNCLEAR),
        ((GenerationState.FAILED, GenerationState.NOT_STARTED), Outcome.UNCLEAR),
    ],
)
def test_where_sequences_end_differently_the_worst_is_the_outcome(ends, outcome):
    generations = [a_generation(position, state) for position, state in enumerate(ends, start=1)]

    assert a_request(State.ENDED, *generations).outcome is outcome


def test_a_failed_pick_is_sent_for_every_failed_sequence():
    order = an_order(selection=Selection(failed=True), most=2)

    checked = after(
        a_request(order=order), events.Checked(a_video("DONE", "error", "success", "error"))
    )

    assert [each.sequence for each in checked.generations] == ["sequence-1", "sequence-3"]


# --- when it is told ---


def test_what_is_superseded_fades_once_for_each_later_request():
    told = a_request(State.TOLD, a_generation(2, GenerationState.DONE), reply="1.3")
    assert told.notice is None

    superseded = after(told, events.Superseded("request-2"))
    assert (superseded.state, superseded.superseded_by) == (State.TOLD, "request-2")
    assert superseded.notice is not None
    faded = after(superseded, events.Faded())
    assert faded.notice is None

    again = after(faded, events.Superseded("request-3"))
    assert again.notice is not None


def test_a_running_request_is_not_superseded():
    running = a_request(State.PENDING, a_generation(2, GenerationState.RUNNING))

    assert after(running, events.Superseded("request-2"), events.Faded()) == running


def test_a_video_that_is_wanted_is_put_into_the_thread_once_the_outcome_is_told():
    done, film = a_generation(2, GenerationState.DONE), "https://iacrea.com/v.mp4"
    ended = a_request(State.ENDED, done, reply="1.3", video_url=film)

    assert after(ended, events.Uploaded("F1")) == ended, "not before the outcome is told"
    told = after(ended, events.Closed(upload=True))
    assert (told.state, told.upload) == (State.TOLD, Upload.WANTED)
    assert told.notice is not None

    sharing = after(told, events.Uploaded("F1"))
    assert (sharing.upload, sharing.file) == (Upload.SHARING, "F1")
    assert after(sharing, events.UploadEnded()).notice is None


def test_a_video_that_nobody_wants_is_not_put_there():
    told = a_request(State.TOLD, a_generation(2, GenerationState.DONE))

    assert after(told, events.Closed(upload=True)) == told
