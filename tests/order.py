"""What is done once all tests are known, before the first of them runs.

xdist's `worksteal` cuts all tests into one slice a worker; whoever is done takes over the end of
another's. What takes long and comes last would be waited for, with nothing beside it.
"""

import gc
import os
from collections.abc import Sequence
from itertools import chain, cycle, islice
from typing import Protocol, TypeVar

import pytest

IN_A_BROWSER = "tests/browser/"
BROWSERS = 2
"""Workers that begin with a share of them, as each starts a Chromium."""
LONG = (
    "tests/promise/",
    "tests/operate/",
    "tests/limits/",
    "tests/store/test_sentinel.py",
    "tests/chaos/",
    "tests/sandbox/demo/",
    "tests/e2e/",
    "tests/attackers/",
)
"""Where tests take ten seconds and more, mostly waiting; the other workers begin with those."""


class Test(Protocol):
    """What is known of a test."""

    @property
    def nodeid(self) -> str: ...


T = TypeVar("T", bound=Test)


def longest_first(tests: Sequence[T], workers: int) -> list[T]:
    """Returns them so that each worker's slice begins with a share of what takes long."""
    browser = [each for each in tests if each.nodeid.startswith(IN_A_BROWSER)]
    long = [each for folder in LONG for each in tests if each.nodeid.startswith(folder)]
    if workers <= BROWSERS or len(browser) + len(long) > len(tests) // 2:
        return list(tests)
    heads: list[list[T]] = [[] for _ in range(workers)]
    for head, each in chain(
        zip(cycle(heads[:BROWSERS]), browser, strict=False),
        zip(cycle(heads[BROWSERS:]), long, strict=False),
    ):
        head.append(each)
    rest = (each for each in tests if not each.nodeid.startswith((IN_A_BROWSER, *LONG)))
    ordered: list[T] = []
    for place, head in enumerate(heads):
        size = (len(tests) - len(ordered)) // (workers - place)  # as xdist cuts them
        ordered += [*head, *islice(rest, max(0, size - len(head)))]
    return [*ordered, *rest]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = longest_first(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def pytest_collection_finish() -> None:
    """Has no collection of garbage look at what was collected here; that took a tenth of all."""
    gc.collect()
    gc.freeze()
