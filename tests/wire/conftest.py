"""Answers as the wire gives them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.iacrea.wire import Answer

NOW = datetime(2026, 10, 21, 7, 20, tzinfo=UTC).timestamp()


@pytest.fixture(scope="session")
def answer() -> Callable[..., Answer]:
    def make(body: Any = b"", status: int = 200, **headers: str) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(status, named, content, NOW)

    return make
