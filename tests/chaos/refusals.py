"""Which answers refuse, whom they blame, and whether that one was away just then; pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """Whom the bot needs."""

    REDIS = "Redis"
    SLACK = "Slack"
    IACREA = "IACrea"


@dataclass(frozen=True, slots=True)
class Outage:
    """From when until when a bot may have to refuse for somebody's sake, Unix seconds."""

    of: Party
    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody was told in private, or in a form, and when; Unix seconds."""

    name: str
    at: float
    text: str


TOLD_LATER = 15.5 + 6.0
"""Seconds by which an answer may come later than its reason while Slack is in trouble: the pauses
between the attempts to tell it, and the last attempt."""

_BLAMED: tuple[tuple[str, frozenset[Party]], ...] = (
    (r"could not write your request down", frozenset({Party.REDIS})),
    (r"Slack (did not answer me|does not tell me) just now", frozenset({Party.SLACK})),
    (r"took too long for Slack to open a window", frozenset({Party.SLACK, Party.REDIS})),
    (r"IACrea has trouble at the moment", frozenset({Party.IACREA})),
    (r"something went wrong on my side|too much is waiting already", frozenset()),
)
_NO_REFUSAL = re.compile(
    # A question, what belongs to the channel, and what another request is at work on.
    r"Nothing was started yet|I cannot post here|thread that this belongs to was deleted"
    r"|being regenerated already|waits for the render already|nothing to follow"
)
_REFUSAL = re.compile(r"Nothing was started")


def blamed(text: str) -> frozenset[Party] | None:
    """Who has to be away for that answer to be right; None where it refuses nothing.

    One in words that are not known here is right while anybody is away.
    """
    if _NO_REFUSAL.search(text):
        return None
    for words, parties in _BLAMED:
        if re.search(words, text):
            return parties
    return frozenset(Party) if _REFUSAL.search(text) else None


def wrongly_refused(answers: Iterable[Answer], outages: Sequence[Outage]) -> Iterator[str]:
    """Each refusal while those whom it blames were there and well."""
    for answer in answers:
        parties = blamed(answer.text)
        if parties is None or any(_was_away(each, answer.at, outages) for each in parties):
            continue
        named = " and ".join(sorted(parties)) or "nobody"
        words = " ".join(answer.text.split())[:150]
        yield f"{answer.name}: refused for {named}, who was well, at {answer.at:.2f}: {words}"


def _was_away(party: Party, at: float, outages: Sequence[Outage]) -> bool:
    """Whether it was away when the reason of an answer arose that was given at `at`."""
    late = _overlaps(Party.SLACK, at - TOLD_LATER, at, outages)
    return _overlaps(party, at - TOLD_LATER if late else at, at, outages)


def _overlaps(party: Party, since: float, until: float, outages: Sequence[Outage]) -> bool:
    return any(each.of is party and each.since <= until and each.until >= since for each in outages)
