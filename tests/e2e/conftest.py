"""Each bot is started as users do."""

import pytest


@pytest.fixture(scope="session")
def nursery() -> None:
    """None that a bot would be forked from."""
