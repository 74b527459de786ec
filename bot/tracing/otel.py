"""Spans by OpenTelemetry's SDK; imported only where traces are wanted."""

import hashlib
from collections.abc import Mapping

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from bot.tracing import Fact

EXPORT_LIMIT = 2.0
"""Seconds for the collector to take a batch; in a thread of the SDK's, beside the bot."""
_NANOSECONDS = 1_000_000_000


class _Ids(RandomIdGenerator):
    """Random ids, unless those of the next span are told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: SpanContext | None = None

    def generate_trace_id(self) -> int:
        return super().generate_trace_id() if self.told is None else self.told.trace_id

    def generate_span_id(self) -> int:
        return super().generate_span_id() if self.told is None else self.told.span_id


class Spans:
    """Writes spans to one collector."""

    def __init__(self, endpoint: str) -> None:
        """`endpoint`: the collector's base, such as `http://localhost:4318`."""
        self._ids = _Ids()
        resource = Resource.create({"service.name": "regen-bot"})
        # No hook at the exit: it would wait for the collector after `FLUSH` has done so.
        self._provider = TracerProvider(
            id_generator=self._ids, resource=resource, shutdown_on_exit=False
        )
        exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=EXPORT_LIMIT)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("regen-bot")

    def write(
        self,
        name: str,
        request_id: str,
        began: float,
        ended: float,
        facts: Mapping[str, Fact],
        *,
        root: bool = False,
    ) -> None:
        """Hands on one span; its times are Unix seconds, facts that are None are left out."""
        whole = _root_of(request_id)
        # No other span comes in between: nothing is awaited before it is taken back.
        self._ids.told = whole if root else None
        # The root is written last, and its id is known from the beginning.
        parent = Context() if root else set_span_in_context(NonRecordingSpan(whole), Context())
        known = {key: each for key, each in facts.items() if each is not None}
        span = self._tracer.start_span(
            name,
            context=parent,
            attributes={"regen.request": request_id, **known},
            start_time=round(began * _NANOSECONDS),
        )
        self._ids.told = None
        if "error.type" in known:
            span.set_status(Status(StatusCode.ERROR))
        span.end(round(ended * _NANOSECONDS))

    def close(self) -> None:
        """Blocks until everything is sent, or the collector has had its time."""
        self._provider.shutdown()


def _root_of(request_id: str) -> SpanContext:
    """The same in every process: 128 bits for the trace, 64 for its root span."""
    digest = hashlib.sha256(request_id.encode()).digest()
    return SpanContext(
        trace_id=int.from_bytes(digest[:16], "big"),
        span_id=int.from_bytes(digest[16:24], "big"),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
