"""A bot in a company's network, which reaches Slack and IACrea through a proxy alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator
from tests.conftest import QUICK
from tests.network.company import Company, in_company


@pytest.fixture
async def iacrea() -> AsyncIterator[IACreaSimulator]:
    """An account whose films can be loaded."""
    async with IACreaSimulator(timings=QUICK, credits=1000, serves_assets=True) as iacrea:
        yield iacrea


@pytest.fixture
def way_to_web() -> dict[str, str]:
    """None but the company's."""
    return {}


@pytest.fixture
async def company(
    slack: SlackSimulator, iacrea: IACreaSimulator, tmp_path: Path
) -> AsyncIterator[Company]:
    async with in_company(slack, iacrea, tmp_path) as company:
        yield company


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
