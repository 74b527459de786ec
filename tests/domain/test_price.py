"""What a regeneration cost: what the balance lost by it, however `creditsUsed` is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.price import price

CREDITS = st.integers(0, 10_000)
COST = st.integers(1, 50)


@given(before=CREDITS, cost=COST, used_before=CREDITS)
def test_both_readings_tell_the_same_price(before, cost, used_before):
    after = before - cost

    assert price(before, after, cost) == cost
    assert price(before, after, used_before + cost) == cost
    assert price(before, after, None) == cost


@given(before=CREDITS, cost=COST, others=st.integers(0, 500))
def test_what_others_spent_meanwhile_is_not_its_price_where_iacrea_says_its_own(
    before, cost, others
):
    assert price(before, before - cost - others, cost) == cost


@pytest.mark.parametrize(
    ("before", "after", "used"),
    [(None, 97, 658), (100, None, 658), (None, None, 3), (100, 1097, 3), (100, 100, 658)],
)
def test_a_number_that_may_be_a_total_is_no_price_by_itself(before, after, used):
    assert price(before, after, used) is None


def test_fractions_stay_what_they_are():
    assert price(0.3, 0.1, None) == 0.2
    assert price(100, 97.5, 0) == 2.5
