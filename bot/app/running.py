"""Builds every part, runs the loops, stops them in order."""

import asyncio
import contextlib
from collections.abc import Coroutine

from bot import tracing
from bot.app import lag
from bot.app.health import Health
from bot.app.measuring import Measuring
from bot.app.slack_side import Live, SlackSide
from bot.app.stopping import end, finish
from bot.app.stores import Stores, open_stores
from bot.config import Config
from bot.deliveries import Deliveries
from bot.iacrea.client import IACrea
from bot.regenerate import LEASE as STEP_LEASE
from bot.regenerate import Regenerator
from bot.slack.answering.video_reader import VideoReader
from bot.slack.status.listeners import Balance
from bot.slack.storyboard.shared import StoryboardNotes
from bot.slack.telling.progress import ProgressNotes
from bot.store.queues import Queue
from bot.tracker import Tracker
from bot.web.server import WebServer
from bot.worker import Worker

POLLS_AT_ONCE = 100
"""As many as the client has lanes for; plenty for 1,000 videos at 3 s."""
STEPS_AT_ONCE = 20


async def run(config: Config, stop: asyncio.Event) -> None:
    """Runs the bot until `stop` is set, then finishes what is under way.

    Raises:
        SlackFatalError, PortTakenError, EmbeddedValkeyError: it cannot run, and why.
    """
    async with contextlib.AsyncExitStack() as stack:
        _trace(config, stack)
        stores = await open_stores(config, stack)
        health = Health(stores.requests)
        deliveries = Deliveries()
        web = WebServer(
            config.host,
            config.port,
            ready=health,
            measure=Measuring(health, stores.overview, stores.learned),
            signing_secret=_signing_secret(config),
            deliveries=deliveries,
        )
        await web.start()
        stack.push_async_callback(web.stop)
        iacrea = IACrea(
            config.iacrea_base_url,
            config.iacrea_api_key.reveal(),
            config.network,
            connections=POLLS_AT_ONCE + STEPS_AT_ONCE,
        )
        stack.push_async_callback(iacrea.aclose)
        live = _live(config, stores, iacrea)
        regenerate = _regenerate(config, stores, iacrea, stack)
        workers = (
            _steps(stores, regenerate, deliveries),
            _polls(config, stores, iacrea, live),
        )
        loops = {asyncio.create_task(worker.run()) for worker in workers}
        stack.push_async_callback(finish, workers, loops)
        _until_the_end(stores.requests.replicas.watch(), stack)
        _until_the_end(lag.watch(), stack)
        slack = SlackSide(config, stores, regenerate, live, web, health, deliveries)
        talking = _until_the_end(slack.talk(), stack)
        ends = {asyncio.create_task(stop.wait()), talking, *loops}
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        health.stopping = True
        for task in done:
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
    """The secret of HTTP mode; while Socket Mode is on, Slack delivers nothing over HTTP."""
    secret = config.slack_signing_secret
    return None if secret is None or config.socket_mode else secret.reveal()


def _live(config: Config, stores: Stores, iacrea: IACrea) -> Live:
    reader = VideoReader(iacrea, stores.requests, stores.videos, stores.learned)
    return Live(
        edits=ProgressNotes(),
        boards=StoryboardNotes(reader),
        reader=reader,
        balance=Balance(iacrea, config.iacrea_user_id, stores.learned),
    )


def _regenerate(
    config: Config, stores: Stores, iacrea: IACrea, stack: contextlib.AsyncExitStack
) -> Regenerator:
    """At the stop, what its steps left to be written down follows behind them."""
    regenerate = Regenerator(
        stores.requests,
        stores.videos,
        stores.learned,
        iacrea,
        timeout=config.generation_timeout,
    )
    stack.push_async_callback(regenerate.settle)
    return regenerate


def _steps(stores: Stores, regenerate: Regenerator, deliveries: Deliveries) -> Worker:
    """What needs no Slack goes on while Slack is away; so do the polls."""
    return Worker(
        Queue.STEPS,
        regenerate.step,
        stores.requests,
        limit=STEPS_AT_ONCE,
        ahead=STEP_LEASE,
        deliveries=deliveries,
    )


def _polls(config: Config, stores: Stores, iacrea: IACrea, live: Live) -> Worker:
    tracker = Tracker(
        stores.requests,
        stores.learned,
        iacrea,
        interval=config.poll_interval,
        timeout=config.generation_timeout,
        on_progress=live.edits.note,
        on_seen=live.boards.note,
    )
    return Worker(
        Queue.POLLS,
        tracker.poll,
        stores.requests,
        limit=POLLS_AT_ONCE,
        ahead=config.poll_interval,
    )
