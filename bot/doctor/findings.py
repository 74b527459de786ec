"""What a check found, and how it is shown: lines for people, JSON for machines. Pure."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.logs import visible


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    NOTE = "note"  # cannot be checked from here, or is a choice
    WARNING = "warning"  # works, and is likely to disappoint
    FAILED = "failed"
    SKIPPED = "skipped"  # what it needs failed before


_MARKS = {
    Verdict.OK: "✓",
    Verdict.NOTE: "·",
    Verdict.WARNING: "!",
    Verdict.FAILED: "✗",
    Verdict.SKIPPED: "-",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        section: what belongs together, such as `Slack`.
        check: what was looked at.
        verdict: how it ended.
        said: what was seen; no secrets.
        mend: what to do; empty where nothing is to be done.
    """

    section: str
    check: str
    verdict: Verdict
    said: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Makes the findings of one section."""

    name: str

    def ok(self, check: str, said: str) -> Finding:
        """Says that it is right."""
        return Finding(self.name, check, Verdict.OK, said)

    def note(self, check: str, said: str, mend: str = "") -> Finding:
        """Says what is worth knowing."""
        return Finding(self.name, check, Verdict.NOTE, said, mend)

    def warning(self, check: str, said: str, mend: str) -> Finding:
        """Says that it works, and should be mended."""
        return Finding(self.name, check, Verdict.WARNING, said, mend)

    def failed(self, check: str, said: str, mend: str) -> Finding:
        """Says that it does not work, and how to mend it."""
        return Finding(self.name, check, Verdict.FAILED, said, mend)

    def skipped(self, check: str, needs: str) -> Finding:
        """Says that it was not looked at, as `needs` is not right."""
        return Finding(self.name, check, Verdict.SKIPPED, f"not checked: {needs} comes first")


def lines(finding: Finding, *, begins: bool) -> str:
    """Returns a finding as text, headed by its section if it `begins` one.

    What Slack, IACrea or Redis said in it moves no cursor and changes no colour.
    """
    head = f"{finding.section}\n" if begins else ""
    text = f"{head}  {_MARKS[finding.verdict]} {visible(f'{finding.check}: {finding.said}')}"
    return f"{text}\n      -> {visible(finding.mend)}" if finding.mend else text


def summary(findings: Iterable[Finding]) -> str:
    """Returns the last line for people."""
    verdicts = [finding.verdict for finding in findings]
    failed, warned = verdicts.count(Verdict.FAILED), verdicts.count(Verdict.WARNING)
    more = f", {_counted(warned, 'warning')}" if warned else ""
    if failed:
        return f"{_counted(failed, 'thing')} to mend{more}."
    return f"All is right{more}."


def healthy(findings: Iterable[Finding]) -> bool:
    """Whether no check failed."""
    return all(finding.verdict is not Verdict.FAILED for finding in findings)


def as_json(findings: Iterable[Finding]) -> str:
    """Returns the whole report for machines."""
    every = list(findings)
    report = {"ok": healthy(every), "checks": [asdict(finding) for finding in every]}
    return json.dumps(report, indent=2)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
