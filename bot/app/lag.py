"""Watches whether the event loop stands still, and with it every acknowledgement and poll."""

import asyncio
import logging

from bot import metrics
from bot.deliveries import steady

log = logging.getLogger(__name__)

EVERY = 0.1
"""Seconds between two looks."""
WORTH_A_LINE = 0.5
"""Seconds of standing still that the log tells of; Slack waits three."""


async def watch() -> None:
    """Measures by how much each look is late, until it is cancelled."""
    while True:
        due = steady() + EVERY
        await asyncio.sleep(EVERY)
        # With the time in which the machine slept: nobody was acknowledged in that either.
        late = max(0.0, steady() - due)
        metrics.LOOP_LAG.observe(late)
        if late > WORTH_A_LINE:
            log.warning("the event loop stood still for %.1f s", late)
