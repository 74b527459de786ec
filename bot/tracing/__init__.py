"""Traces for OpenTelemetry, where the extra `otel` is installed: one for each request.

Trace and root span have ids that follow from the request's, so that every replica adds to the same
trace, before and after a restart, and nothing is stored for it. The root span is written when the
outcome was told. What a killed process had under way is missing from the trace, and nothing else.
"""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tracing.otel import Spans

log = logging.getLogger(__name__)

Fact = str | bool | int | float | None

FLUSH = 3.0
"""Seconds for what is still to be sent, at the stop."""

_spans: "Spans | None" = None


def missing() -> str:
    """Returns why no traces can be made, and what to do; empty where they can."""
    try:
        from bot.tracing import otel  # noqa: F401, PLC0415 - an extra, and 0.3 s
    except ImportError:
        return (
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, and what makes traces is not installed: "
            "pip install 'regen-bot[otel]'"
        )
    return ""


def configure(endpoint: str) -> None:
    """Sends spans to the collector at `endpoint` from now on, as OTLP over HTTP.

    Where the extra is not installed, the log says so, and there are none.
    """
    global _spans  # noqa: PLW0603 - one for the process, as the log is
    if why := missing():
        log.warning("no traces: %s", why)
        return
    from bot.tracing.otel import Spans  # noqa: PLC0415 - as above

    _spans = Spans(endpoint)


@contextlib.contextmanager
def step(name: str, request_id: str) -> Iterator[None]:
    """A span of what is done meanwhile for a request; of an error it keeps the kind alone."""
    if _spans is None:
        yield
        return
    began, error = time.time(), None
    try:
        yield
    except BaseException as raised:
        error = type(raised).__name__
        raise
    finally:
        _spans.write(name, request_id, began, time.time(), {"error.type": error})


def whole(name: str, request_id: str, began: float, ended: float, **facts: Fact) -> None:
    """A span of what took from `began` to `ended`, Unix seconds, whoever did it."""
    if _spans is not None:
        _spans.write(name, request_id, began, ended, facts)


def root(request_id: str, began: float, ended: float, **facts: Fact) -> None:
    """The span that all others of the request belong to; written once, when it is over."""
    if _spans is not None:
        _spans.write("request", request_id, began, ended, facts, root=True)


async def shut_down() -> None:
    """Sends what is still to be sent, for `FLUSH` seconds at the most."""
    global _spans
    # First, so that nothing more is written to what is closing.
    spans, _spans = _spans, None
    if spans is None:
        return
    # Not asyncio.to_thread: a thread of its pool would be waited for at the very end.
    closing = threading.Thread(target=spans.close, daemon=True)
    closing.start()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(FLUSH):
            while closing.is_alive():  # noqa: ASYNC110 - a thread sets no event
                await asyncio.sleep(0.02)
