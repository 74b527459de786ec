"""What waits for a delivery, and how long."""

import asyncio

from bot.deliveries import LONGEST, PendingDeliveries


async def test_what_can_wait_goes_on_after_the_last_acknowledgement() -> None:
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
