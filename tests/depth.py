"""How deep the tests dig: `make test` proves all once, `CI=true make test` in every shape."""

import os
from collections.abc import Iterable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

Shape = TypeVar("Shape")

IN_CI = bool(os.environ.get("CI"))
EXAMPLES = 100 if IN_CI else 15
"""How many examples Hypothesis makes where a test does not say."""

# Building Hypothesis's tables of characters takes its time once, in a fresh clone.
settings.register_profile(
    "house", deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def in_ci(*shapes: Shape) -> Iterable[Shape]:
    """Returns further shapes of what a test proves already: all in CI, none otherwise."""
    return shapes if IN_CI else ()


def examples(number: int) -> int:
    """Returns how many of so many examples are made: all in CI, one in seven otherwise."""
    return number if IN_CI else max(number // 7, 5)


def proved_by(others: str) -> pytest.MarkDecorator:
    """Marks a test of what others prove already, in another shape: it runs in CI alone."""
    return pytest.mark.skipif(not IN_CI, reason=f"proved by {others}; this shape runs in CI")
