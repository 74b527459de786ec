"""Reads the metrics that all replicas share, when somebody asks for `/metrics`."""

import math
from dataclasses import dataclass

from bot import metrics
from bot.app.health import WRITE_LIMIT, Health
from bot.fair_timeout import FairTimeout
from bot.store.errors import StoreAwayError
from bot.store.estimates import Estimates
from bot.store.overview import Overview

_SHARED = (metrics.RUNNING, metrics.UNTOLD, metrics.POLLED, metrics.CREDITS_LEFT)


@dataclass(frozen=True, slots=True)
class SharedMetrics:
    """Brings the shared metrics up to date."""

    health: Health
    overview: Overview
    estimates: Estimates

    async def __call__(self) -> None:
        """Reads them; what Redis does not tell becomes NaN, since an old number would mislead."""
        metrics.READY.set(await self.health() is None)
        try:
            async with FairTimeout(WRITE_LIMIT):
                values = await self._values()
        except (StoreAwayError, TimeoutError):
            values = (math.nan,) * len(_SHARED)
        for gauge, value in zip(_SHARED, values, strict=True):
            gauge.set(value)

    async def _values(self) -> tuple[float, ...]:
        counts = await self.overview.counts()
        left = (await self.estimates.current()).left
        return counts.running, counts.untold, counts.polled, math.nan if left is None else left
