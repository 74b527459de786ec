"""An environment in which all is right, and the doctor's findings on it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.config import Config
from bot.doctor import Finding, check_up
from bot.doctor.findings import Verdict

Examine = Callable[..., Awaitable["Report"]]


class Report:
    """What the doctor found."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings

    def of(self, *verdicts: Verdict) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict in verdicts]

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """Section and check of whatever is a failure or a warning."""
        found = self.of(Verdict.FAILED, Verdict.WARNING)
        return [(finding.section, finding.check) for finding in found]

    def only(self, *verdicts: Verdict) -> Finding:
        """The one finding that is wrong."""
        [finding] = self.of(*(verdicts or (Verdict.FAILED, Verdict.WARNING)))
        return finding


@pytest.fixture(autouse=True)
def only_what_the_test_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*Config.__dataclass_fields__, "SLACK_CONFIG_TOKEN"):
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def examine(environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Examines the settings of a bot on the simulators, with changes; None takes one out."""

    async def examine(changes: dict[str, str | None] | None = None, dotenv: str = "") -> Report:
        for name, value in {**environ, **(changes or {})}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            elif name not in {"PATH", "PYTHONPATH"}:
                monkeypatch.setenv(name, value)
        if dotenv:
            (tmp_path / ".env").write_text(dotenv)
            (tmp_path / ".env").chmod(0o600)
        findings = [finding async for finding in check_up(tmp_path)]
        shown = "\n".join(map(str, findings))
        for secret in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "IACREA_API_KEY"):
            assert environ[secret] not in shown, secret
        return Report(findings)

    return examine
