"""What happened is held against the promise: a broken one is seen, a kept one is not blamed."""

import dataclasses
from typing import Any

import pytest

from sandbox.demo.promise import Promise, Sentence

KEPT = Promise(
    requests=3,
    deliveries=4,
    cost=3,
    spent=6,
    asked=[10.0, 20.0],
    sent={("lilac", "s2"): [11.0, 21.0]},
    told={"r1": 1, "r2": 1},
)
ASKED, PAID, TOLD, ONCE = range(4)


def test_a_promise_that_was_kept_is_kept_in_every_sentence() -> None:
    assert [each.kept for each in KEPT.sentences()] == [True] * 4
    assert KEPT.posts == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"asked": [10.0]}, ASKED),
        ({"asked": [10.0, 30.0]}, ASKED),
        ({"sent": {("lilac", "s2"): [9.0, 21.0]}}, ASKED),
        ({"spent": 9}, PAID),
        ({"told": {"r1": 1, "r2": 2}}, ONCE),
    ],
)
def test_a_broken_promise_is_seen_in_its_sentence_alone(
    wrong: dict[str, Any], sentence: int
) -> None:
    sentences = dataclasses.replace(KEPT, **wrong).sentences()
    assert [place for place, each in enumerate(sentences) if each.kept is False] == [sentence]


def test_what_is_under_way_is_neither_kept_nor_broken() -> None:
    sentences = dataclasses.replace(KEPT, told={"r1": 1, "r2": 0}).sentences()
    assert sentences[TOLD] == Sentence("Each request is finished and told", None)
    assert sentences[ONCE].kept is True


def test_sequences_of_one_request_are_counted_apart() -> None:
    both = {("lilac", "s2"): [11.0], ("lilac", "s3"): [11.0]}
    one = dataclasses.replace(KEPT, asked=[10.0], sent=both, told={"r1": 1})
    assert [each.kept for each in one.sentences()] == [True] * 4
