"""Every test is run once, in whichever order; what takes long begins first."""

from dataclasses import dataclass

import pytest

from tests.order import BROWSERS, IN_A_BROWSER, LONG, longest_first


@dataclass(frozen=True)
class Named:
    nodeid: str


QUICK = [Named(f"tests/domain/test_names.py::test_{number}") for number in range(400)]
SLOW = [Named(f"{LONG[number % 3]}test_it.py::test_{number}") for number in range(50)]
BROWSER = [Named(f"{IN_A_BROWSER}test_it.py::test_{number}") for number in range(20)]


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("tests", [[], QUICK, SLOW, [*QUICK, *SLOW, *BROWSER]], ids=len)
def test_each_is_run_once(tests: list[Named], workers: int) -> None:
    ordered = longest_first(tests, workers)
    assert sorted(ordered, key=str) == sorted(tests, key=str)


def test_each_slice_begins_with_what_takes_long_and_two_with_the_browser() -> None:
    workers = 8
    ordered = longest_first([*QUICK, *SLOW, *BROWSER], workers)
    begins = []
    for place in range(workers, 0, -1):
        size = len(ordered) // place
        begins.append(ordered[:size])
        ordered = ordered[size:]
    assert all(IN_A_BROWSER in each.nodeid for slice_ in begins[:BROWSERS] for each in slice_[:10])
    assert all(each.nodeid.startswith(LONG) for slice_ in begins[BROWSERS:] for each in slice_[:8])
