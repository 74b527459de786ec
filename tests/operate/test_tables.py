"""What others wrote does nothing to a terminal, and is no formula in a spreadsheet."""

import csv
import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.doctor.findings import Section, as_json, lines
from bot.domain.ledger import Entry
from bot.domain.request import GenerationState, State
from bot.domain.take import Take
from bot.operate import tables
from tests.domain.strategies import requests
from tests.store.conftest import a_generation, a_request

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\u202egpj.\u2066\u200b\U000e0041"
"""Sets a window's title, clears it, colours it, and turns around what follows."""


def acted_upon(text: str) -> list[str]:
    """What in it a terminal would not show as a character of its own."""
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [each for each in text if each != "\n" and unicodedata.category(each) in hidden]


def test_a_request_that_somebody_named_with_escapes_is_listed_and_shown_as_text() -> None:
    request = replace(
        a_request(HOSTILE),
        name=HOSTILE,
        state=State.ENDED,
        generations=(a_generation(HOSTILE, GenerationState.DONE, generation_id=HOSTILE),),
    )

    listed = tables.listing([request], now=0.0)
    assert acted_upon(listed) == []
    assert listed.count("\n") == 1, "and no data begins a line of its own"
    assert acted_upon(tables.sheet(request)) == []
    assert acted_upon(tables.as_json([request])) == []


@given(st.lists(requests(), max_size=3))
def test_whatever_stands_in_a_request_is_shown_as_text(many) -> None:
    for text in (tables.listing(many, 0.0), tables.as_json(many), *map(tables.sheet, many)):
        assert acted_upon(text) == []


def test_what_others_answered_the_doctor_is_shown_as_text() -> None:
    finding = Section("Slack").failed("bot token", f"@{HOSTILE} in {HOSTILE}", HOSTILE)

    assert acted_upon(lines(finding, begins=True)) == []
    assert acted_upon(as_json([finding])) == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff20"])
def test_no_cell_of_the_ledger_is_a_formula(sign: str) -> None:
    wicked = f"{sign}HYPERLINK(1)"
    entry = Entry(
        wicked, wicked, wicked, wicked, wicked, 1, 0.0, GenerationState.DONE, wicked, credits=3.0
    )  # type: ignore[arg-type]

    take = Take(entry, image=wicked, after=wicked, film=wicked, file=wicked)
    header, row = list(csv.reader(io.StringIO(tables.csv_of([entry], [take]))))

    assert len(row) == len(header) == 16
    assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", sign))] == []
    assert row[9] == "3", "numbers stay numbers"


def test_an_entry_whose_take_is_not_kept_has_no_links() -> None:
    entry = Entry("r1", "U1", "C1", "v1", "s1", 1, 0.0, GenerationState.DONE)  # type: ignore[arg-type]
    other = Take(replace(entry, sequence="s2"), film="https://e.com/film.mp4")  # type: ignore[arg-type]

    [row] = csv.DictReader(io.StringIO(tables.csv_of([entry], [other])))

    assert {row[name] for name in ("picture", "clip_after", "finished_video", "permalink")} == {""}
