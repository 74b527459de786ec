"""One trace for each request, across replicas and restarts, at a real collector."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from bot import tracing
from sandbox.iacrea import IACreaSimulator, Timings
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import ROOT, Bots, connected, free_port, metadata, replies


@dataclass
class Collector:
    """Takes OTLP over HTTP."""

    spans: list[Span] = field(default_factory=list)
    endpoint: str = ""

    async def take(self, request: web.Request) -> web.Response:
        export = ExportTraceServiceRequest.FromString(await request.read())
        for resource in export.resource_spans:
            for scope in resource.scope_spans:
                self.spans.extend(scope.spans)
        return web.Response(content_type="application/x-protobuf")

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    collector, port = Collector(), free_port()
    routes = web.Application()
    routes.router.add_post("/v1/traces", collector.take)
    runner = web.AppRunner(routes)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    collector.endpoint = f"http://127.0.0.1:{port}"
    yield collector
    await runner.cleanup()


async def test_a_request_that_outlives_a_killed_bot_is_one_trace(
    collector: Collector,
    bots: Bots,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=6.0, render=0.2)
    video = iacrea.account.add_video(sequences=3)
    traced = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "100"}
    await bots.start(environ=traced)
    await connected(slack)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await iacrea.until(lambda it: it.posts == 1)
    async with asyncio.timeout(60):
        while not collector.named("submit"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await bots.kill()
    await bots.start(environ=traced)
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    bots.running[-1].terminate()
    assert await bots.running[-1].wait() == 0

    names = {span.name for span in collector.spans}
    assert {"check", "announce", "submit", "generation", "tell", "request"} <= names
    assert len({span.trace_id for span in collector.spans}) == 1
    [root] = collector.named("request")
    assert not root.parent_span_id
    assert {span.parent_span_id for span in collector.spans if span != root} == {root.span_id}
    [request] = {metadata(reply)["request"] for reply in replies(slack, listings)}
    facts = {each.key: each.value.string_value for each in root.attributes}
    assert facts["regen.request"] == request
    assert (facts["regen.video"], facts["regen.outcome"]) == (video.id, "done")


async def test_of_an_error_the_kind_alone_is_told(collector: Collector) -> None:
    tracing.configure(collector.endpoint)
    with pytest.raises(ValueError, match="hunter2"), tracing.step("check", "request"):
        raise ValueError("hunter2")
    await tracing.shut_down()

    [span] = collector.spans
    assert {each.key: each.value.string_value for each in span.attributes} == {
        "regen.request": "request",
        "error.type": "ValueError",
    }
    assert b"hunter2" not in span.SerializeToString()


async def test_a_collector_that_is_away_does_not_keep_the_bot_from_stopping() -> None:
    tracing.configure(f"http://127.0.0.1:{free_port()}")
    tracing.whole("generation", "request", 1.0, 2.0)
    began = time.monotonic()

    await tracing.shut_down()

    assert time.monotonic() - began < tracing.FLUSH + 1


async def test_without_the_extra_there_are_no_traces_and_it_is_said_what_to_install(
    bots: Bots, slack: SlackSimulator, tmp_path
) -> None:
    (tmp_path / "opentelemetry").mkdir()
    (tmp_path / "opentelemetry" / "__init__.py").write_text("")
    without = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318",
        "PYTHONPATH": f"{tmp_path}:{ROOT}",
    }
    process = await bots.start(environ=without)
    await connected(slack)
    assert "no traces: OTEL_EXPORTER_OTLP_ENDPOINT is set" in bots.log()
    process.terminate()
    assert await process.wait() == 0

    doctor = await bots.start("doctor", environ=without)
    assert await doctor.wait() == 0
    assert "! traces: OTEL_EXPORTER_OTLP_ENDPOINT is set" in bots.log()
    assert bots.log().count("pip install 'regen-bot[otel]'") == 2
    assert "Traceback" not in bots.log()
