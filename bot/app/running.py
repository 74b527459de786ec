"""Runs every part, and stops them in order."""

import asyncio
import contextlib
from collections.abc import Coroutine

from bot import tracing
from bot.app import lag
from bot.app.core import build_core
from bot.app.health import Health
from bot.app.shared_metrics import SharedMetrics
from bot.app.slack_side import run_slack_side
from bot.app.stopping import end, finish
from bot.app.stores import open_stores
from bot.app.workers import build_workers
from bot.config import Config
from bot.deliveries import PendingDeliveries
from bot.web.server import Probes, WebServer


async def run(config: Config, stop: asyncio.Event) -> None:
    """Runs the bot until `stop` is set, then finishes what is under way.

    Raises:
        SlackFatalError, PortTakenError, EmbeddedValkeyError: it cannot run, and why.
    """
    # What comes last ends first: Slack's side, then the workers, and Redis once nobody writes.
    async with contextlib.AsyncExitStack() as stack:
        _trace(config, stack)
        stores = await open_stores(config, stack)
        health, deliveries = Health(stores.requests), PendingDeliveries()
        probes = Probes(health, SharedMetrics(health, stores.overview, stores.estimates))
        web = WebServer(config.host, config.port, probes, deliveries, _signing_secret(config))
        # Early: a taken port ends the start, and /healthz answers while Slack is waited for.
        await web.start()
        stack.push_async_callback(web.stop)
        core = build_core(config, stores, deliveries)
        stack.push_async_callback(core.iacrea.aclose)
        # After the last step, writes that Redis has not confirmed yet get their time.
        stack.push_async_callback(core.regenerator.settle)
        workers = build_workers(core)
        loops = {asyncio.create_task(worker.run()) for worker in workers}
        stack.push_async_callback(finish, workers, loops)
        _until_the_end(stores.requests.replicas.watch(), stack)
        _until_the_end(lag.watch(), stack)
        slack_side = _until_the_end(run_slack_side(core, web, health), stack)
        ends = {asyncio.create_task(stop.wait()), slack_side, *loops}
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        # Before the stack ends, so that nobody is sent here while it does.
        health.stopping = True
        for task in done:
            # Raises what ended it, unless that was the stop.
            task.result()


def _trace(config: Config, stack: contextlib.AsyncExitStack) -> None:
    if config.otel_exporter_otlp_endpoint is not None:
        tracing.configure(config.otel_exporter_otlp_endpoint)
        stack.push_async_callback(tracing.shut_down)


def _until_the_end(
    work: Coroutine[None, None, None], stack: contextlib.AsyncExitStack
) -> asyncio.Task[None]:
    task = asyncio.create_task(work)
    stack.push_async_callback(end, task)
    return task


def _signing_secret(config: Config) -> str | None:
    """Returns the secret of HTTP mode; in Socket Mode Slack delivers nothing over HTTP."""
    secret = config.slack_signing_secret
    return None if secret is None or config.socket_mode else secret.reveal()
