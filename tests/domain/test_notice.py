"""Whose turn it is: what is to be said next of a request, for everything that decides it."""

from itertools import product

import pytest

from bot.domain.notice import Notice, Upload
from bot.domain.request import GenerationState, State
from tests.domain.makers import a_generation, a_request

SILENT = (State.ACCEPTED, State.ANNOUNCED, State.SUBMITTING, State.PENDING, State.ABANDONED)
WHATEVER = list(product([None, "request-2"], [False, True], Upload))


@pytest.mark.parametrize("state", SILENT)
@pytest.mark.parametrize(("newer", "faded", "upload"), WHATEVER)
def test_of_what_somebody_else_moves_on_nothing_is_said(state, newer, faded, upload):
    request = a_request(state, superseded_by=newer, faded=faded, upload=upload)

    assert request.notice is None


@pytest.mark.parametrize(
    ("state", "notice"), [(State.CHECKED, Notice.ANNOUNCE), (State.ENDED, Notice.TELL)]
)
@pytest.mark.parametrize(("newer", "faded", "upload"), WHATEVER)
def test_what_was_not_said_yet_comes_first(state, notice, newer, faded, upload):
    request = a_request(state, superseded_by=newer, faded=faded, upload=upload)

    assert request.notice is notice


@pytest.mark.parametrize(
    ("newer", "faded", "upload", "notice"),
    [
        (None, False, Upload.NONE, None),
        (None, False, Upload.WANTED, Notice.UPLOAD),
        (None, False, Upload.SHARING, Notice.UPLOAD),
        ("request-2", False, Upload.NONE, Notice.FADE),
        ("request-2", False, Upload.WANTED, Notice.FADE),
        ("request-2", True, Upload.NONE, None),
        ("request-2", True, Upload.SHARING, Notice.UPLOAD),
    ],
)
def test_buttons_that_no_longer_fit_do_not_wait_for_a_video(newer, faded, upload, notice):
    done = a_generation(2, GenerationState.DONE)
    request = a_request(
        State.TOLD, done, reply="1.3", superseded_by=newer, faded=faded, upload=upload
    )

    assert request.notice is notice
