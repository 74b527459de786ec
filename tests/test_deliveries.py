"""What waits for a delivery, and how long."""

import asyncio
import time
from typing import Any

import pytest

from bot.deliveries import LONGEST, PendingDeliveries, SlackClock, steady


async def test_what_can_wait_goes_on_after_the_last_acknowledgement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.deliveries.LONGEST", 60.0)  # a busy machine stands still for longer
    deliveries = PendingDeliveries()
    order = []

    async def delivery(seconds: float) -> None:
        with deliveries.acknowledging():
            await asyncio.sleep(seconds)
            order.append("acknowledged")

    async with asyncio.TaskGroup() as group:
        for seconds in (LONGEST / 4, LONGEST / 2):
            group.create_task(delivery(seconds))  # arrived, and not begun
        await deliveries.give_way()
        order.append("went on")

    assert order == ["acknowledged", "acknowledged", "went on"]


async def test_it_does_not_wait_for_ever() -> None:
    deliveries = PendingDeliveries()

    with deliveries.acknowledging():
        await deliveries.give_way()


async def test_without_a_delivery_nothing_waits() -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()

    for _ in range(1000):
        await PendingDeliveries().give_way()

    assert loop.time() - began < 1000 * LONGEST / 2


def test_an_event_happened_when_it_says_however_late_it_comes() -> None:
    late = SlackClock().happened({"event": {"event_ts": f"{time.time() - 60:.6f}"}})

    assert late == pytest.approx(steady() - 60, abs=1.0)


@pytest.mark.parametrize(
    "body", [{}, {"event": None}, {"event": {}}, {"event": {"event_ts": "soon"}}], ids=str
)
def test_of_an_event_without_a_time_nobody_waits_longer(body: dict[str, Any]) -> None:
    assert SlackClock().happened(body) == pytest.approx(steady(), abs=1.0)
