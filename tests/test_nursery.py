"""Commands from the nursery end as those of a Python of their own, however many ask at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.nursery import Nursery

ENDS = {"--help": (0, "usage: ", ""), "nonsense": (2, "", "usage: "), "manifest": (0, "{", "")}
"""By what is typed: the exit code, and how both outputs begin."""


def test_what_many_ask_for_at_once_is_not_mixed_up(nursery: Nursery | None, tmp_path: Path) -> None:
    if nursery is None:
        pytest.skip("each command is a Python of its own here")

    def ends_as_it_should(typed: str) -> bool:
        ended = nursery.run((typed,), {"PATH": os.environ["PATH"]}, tmp_path)
        code, out, err = ENDS[typed]
        said = ended.stdout.startswith(out), ended.stderr.startswith(err)
        return (ended.returncode, *said) == (code, True, True)

    with ThreadPoolExecutor(max_workers=6) as many:
        assert all(many.map(ends_as_it_should, [*ENDS] * 6))
