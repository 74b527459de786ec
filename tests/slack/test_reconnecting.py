"""When the next connection is tried: pure, by a clock and a chance of the test's own."""

import logging

import pytest

from bot.slack.connection.reconnecting import CONNECTIONS, MOST, ConnectionAllowance, Pauses


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(pauses: Pauses, clock: Clock) -> float:
    """One more try that fails; how long to wait then."""
    clock.now += 0.1
    begun = clock.now
    clock.now += 0.1
    pauses.failed(begun)
    return pauses.seconds()


def test_the_first_try_waits_for_nothing(clock: Clock) -> None:
    assert Pauses(clock, lambda: 0.0).seconds() == 0


def test_each_failure_makes_the_wait_longer_until_half_a_minute(clock: Clock) -> None:
    pauses = Pauses(clock, lambda: 0.0)

    assert [fail(pauses, clock) for _ in range(8)] == [1, 2, 4, 8, 16, 30, 30, MOST]


def test_chance_shortens_a_wait_by_up_to_half(clock: Clock) -> None:
    shortest, between = Pauses(clock, lambda: 1.0), Pauses(clock, lambda: 0.5)
    for pauses in (shortest, between):
        for _ in range(3):
            fail(pauses, clock)

    assert (shortest.seconds(), between.seconds()) == (2, 3)


def test_a_connection_that_lived_ends_the_waiting(clock: Clock) -> None:
    pauses = Pauses(clock, lambda: 0.0)
    for _ in range(5):
        fail(pauses, clock)

    pauses.lived()

    assert pauses.seconds() == 0
    assert fail(pauses, clock) == 1


def test_connections_that_are_lost_together_count_once(clock: Clock) -> None:
    pauses = Pauses(clock, lambda: 0.0)
    both = (clock.now, clock.now + 0.1)
    clock.now += 5

    for begun in both:
        pauses.failed(begun)

    assert pauses.seconds() == 1


def test_slacks_retry_after_is_obeyed_even_where_it_is_longer(clock: Clock) -> None:
    pauses = Pauses(clock, lambda: 0.0)

    pauses.told_to_wait(70.0)
    fail(pauses, clock)

    assert 69 < pauses.seconds() < 70
    clock.now += 100
    assert pauses.seconds() == 1


def test_where_there_is_no_room_one_is_enough_for_a_minute_and_that_is_said_once(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    allowance = ConnectionAllowance(clock, lambda: 0.0)
    assert allowance.wanted == CONNECTIONS == 2

    for _ in range(3):
        allowance.is_full()

    assert allowance.wanted == 1
    clock.now += 59
    assert allowance.wanted == 1
    clock.now += 2
    assert allowance.wanted == 2
    [told] = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert "at most four replicas" in told.message
    assert "HTTP mode" in told.message


def test_once_there_was_room_the_next_time_is_said_again(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    allowance = ConnectionAllowance(clock, lambda: 0.0)
    allowance.is_full()
    allowance.has(1)
    allowance.is_full()
    allowance.has(2)
    allowance.is_full()

    assert [each.levelname for each in caplog.records] == ["WARNING", "INFO", "WARNING"]
