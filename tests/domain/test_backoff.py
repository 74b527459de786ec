"""Pauses between tries."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backoff import backoff


def test_each_pause_is_twice_the_last_one_up_to_the_longest():
    assert [backoff(tries, first=1, most=10) for tries in range(6)] == [1, 2, 4, 8, 10, 10]


@given(st.integers(0, 10**9), st.floats(1e-3, 100), st.floats(1e-3, 1e4))
def test_a_pause_is_never_longer_than_the_longest_nor_shorter_than_the_first(tries, first, most):
    assert min(first, most) <= backoff(tries, first=first, most=most) <= most
