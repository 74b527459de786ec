"""The ledger: what of a request counts as spent, and in which month."""

import pytest

from bot.domain.ledger import entries, month
from bot.domain.request import GenerationState, State
from tests.domain.makers import NOW, a_generation, a_request, an_order

NOVEMBER = 1_793_491_200.0  # 2026-11-01T00:00:00Z


@pytest.mark.parametrize("state", GenerationState)
def test_only_what_was_surely_not_sent_is_left_out(state):
    request = a_request(State.PENDING, a_generation(2, state))
    unsent = {GenerationState.WAITING, GenerationState.SENDING, GenerationState.REFUSED}

    assert [entry.outcome for entry in entries(request)] == ([] if state in unsent else [state])


def test_what_is_only_watched_was_paid_for_by_another_request():
    assert (
        entries(
            a_request(
                State.PENDING, a_generation(2, GenerationState.RUNNING), order=an_order(watch=True)
            )
        )
        == ()
    )


def test_an_entry_tells_the_effect_it_was_regenerated_with():
    generation = a_generation(2, GenerationState.RUNNING, effect="AUTO_REVERSE")
    kept = a_request(State.PENDING, generation)
    changed = a_request(State.PENDING, generation, order=an_order(effect="CAMERA_PUSH_IN"))

    assert [entry.effect for each in (kept, changed) for entry in entries(each)] == [
        "AUTO_REVERSE",
        "CAMERA_PUSH_IN",
    ]


def test_what_was_sent_at_an_unknown_time_counts_from_when_it_was_asked():
    (entry,) = entries(
        a_request(State.PENDING, a_generation(2, GenerationState.LOST, sent_at=None))
    )

    assert entry.at == NOW


def test_months_are_those_of_utc():
    moments = (0, NOVEMBER - 0.001, NOVEMBER)
    assert [month(at) for at in moments] == ["1970-01", "2026-10", "2026-11"]
