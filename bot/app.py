"""The composition root: builds every part, runs the loops, stops them in order."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.config import Config
from bot.domain.effects import Effects
from bot.iacrea.client import IACrea
from bot.regenerate import LEASE as STEP_LEASE
from bot.regenerate import Regenerate
from bot.slack.actions import Buttons
from bot.slack.app import bolt
from bot.slack.blocks.problems import Workspace
from bot.slack.commands import RegenCommand
from bot.slack.courier import LEASE as NOTICE_LEASE
from bot.slack.courier import Courier
from bot.slack.installation import Installation, bot_token_refused, identify
from bot.slack.intake import Intake
from bot.slack.listeners import register
from bot.slack.progress import ProgressEdits
from bot.slack.socket_mode import SocketMode
from bot.slack.web_api import WebApi, web_client
from bot.store.door import StoreAwayError, connect
from bot.store.embedded import EmbeddedValkey
from bot.store.generations import Due, Generations
from bot.tracker import Tracker
from bot.web import WebServer
from bot.worker import Worker

log = logging.getLogger(__name__)

POLLS_AT_ONCE = 100
"""As many as the client has lanes for; plenty for 1,000 videos at 3 s."""
STEPS_AT_ONCE = 20
NOTICES_AT_ONCE = 10
"""Slack takes about one message a second per channel; more at once would only meet its 429."""
PING_LIMIT = 1.0
"""Seconds for Redis to answer /readyz."""
DRAIN = 3.0
"""Seconds for deliveries to be answered at the stop; Slack waits no longer."""
FINISH = 5.0
"""Seconds for steps under way at the stop; what is cut off is due again by itself."""


@dataclass(slots=True)
class _Health:
    """What `/readyz` looks at."""

    store: Generations
    slack: SocketMode | None = None
    serving: bool = False
    stopping: bool = False

    async def __call__(self) -> str | None:
        if self.stopping:
            return "stopping"
        try:
            async with asyncio.timeout(PING_LIMIT):
                await self.store.ping()
        except (StoreAwayError, TimeoutError):
            return "Redis does not answer"
        if not self.serving or (self.slack is not None and not await self.slack.connected()):
            return "Slack is not connected"
        return None


async def run(config: Config, stop: asyncio.Event) -> None:
    """Runs the bot until `stop` is set, then finishes what is under way.

    Raises:
        SlackFatalError, PortTakenError, EmbeddedValkeyError: it cannot run, and why.
    """
    async with contextlib.AsyncExitStack() as stack:
        store = await _store(config, stack)
        health = _Health(store)
        web = WebServer(
            config.host, config.port, ready=health, signing_secret=_signing_secret(config)
        )
        await web.start()
        stack.push_async_callback(web.stop)
        edits = ProgressEdits(store)
        workers = _iacrea_workers(config, store, edits, stack)
        loops = {asyncio.create_task(worker.run()) for worker in workers}
        stack.push_async_callback(_finish, workers, loops)
        slack = _Slack(config, store, edits, web, health)
        talking = asyncio.create_task(slack.talk())
        stack.push_async_callback(_end, talking)
        ends = {asyncio.create_task(stop.wait()), talking, *loops}
        done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        health.stopping = True
        for task in done:
            task.result()


class _Slack:
    """Slack's side of the bot, from the first question to the last acknowledgement."""

    def __init__(
        self,
        config: Config,
        store: Generations,
        edits: ProgressEdits,
        web: WebServer,
        health: _Health,
    ) -> None:
        self._config = config
        self._store = store
        self._edits = edits
        self._web = web
        self._health = health
        self._client = web_client(config.slack_bot_token.reveal(), config.slack_api_url)
        self._api = WebApi(self._client)
        self._intake = Intake(store)

    async def talk(self) -> None:
        """Connects, then runs until it is cancelled.

        Raises:
            SlackFatalError: Slack refuses one of the tokens.
        """
        installation = await identify(self._api, self._config.slack_bot_token.reveal())
        workspace = Workspace(self._config.slack_command, installation.url)
        effects = Effects.with_extra(self._config.iacrea_effects)
        courier = Courier(
            self._api,
            self._store,
            effects=effects,
            workspace=workspace,
            scopes=installation.scopes,
            timeout=self._config.generation_timeout,
        )
        notices = Worker(
            Due.NOTICES, courier.deliver, self._store, limit=NOTICES_AT_ONCE, ahead=NOTICE_LEASE
        )
        telling = asyncio.create_task(notices.run())
        editing = asyncio.create_task(self._edits.run(courier))
        listening = asyncio.create_task(self._listen(installation, workspace, effects))
        refused = asyncio.create_task(self._until_refused())
        loops = {telling, editing, listening, refused}
        try:
            done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._intake.drain(DRAIN)
            await _end(listening)
            await _end(editing)
            await _end(refused)
            await _finish([notices], {telling})

    async def _until_refused(self) -> None:
        """Ends the bot once its token is revoked; what is to be told waits for the next start."""
        raise bot_token_refused(await self._api.until_refused())

    async def _listen(
        self, installation: Installation, workspace: Workspace, effects: Effects
    ) -> None:
        """Takes what people type and press."""
        app = bolt(installation, self._client)
        command = RegenCommand(self._intake, effects, workspace)
        register(app, self._intake, command, Buttons(self._intake, self._api, effects, workspace))
        app_token = self._config.slack_app_token
        if app_token is None:
            self._web.serve_slack(app)
            self._health.serving = True
            await asyncio.get_running_loop().create_future()
            return
        sockets = SocketMode(app, self._client, app_token.reveal(), self._intake)
        try:
            connecting = asyncio.create_task(sockets.connect())
            await asyncio.wait({connecting, sockets.broken}, return_when=asyncio.FIRST_COMPLETED)
            self._health.slack = sockets
            self._health.serving = True
            log.info("connected to Slack")
            await sockets.broken
        finally:
            await sockets.close()


def _signing_secret(config: Config) -> str | None:
    """The secret of HTTP mode; while Socket Mode is on, Slack delivers nothing over HTTP."""
    secret = config.slack_signing_secret
    return None if secret is None or config.socket_mode else secret.reveal()


def _iacrea_workers(
    config: Config, store: Generations, edits: ProgressEdits, stack: contextlib.AsyncExitStack
) -> tuple[Worker, Worker]:
    """What needs no Slack, and goes on while Slack is away."""
    iacrea = IACrea(
        config.iacrea_base_url, config.iacrea_api_key.reveal(), lanes=POLLS_AT_ONCE + STEPS_AT_ONCE
    )
    stack.push_async_callback(iacrea.aclose)
    regenerate = Regenerate(store, iacrea, timeout=config.generation_timeout)
    tracker = Tracker(
        store,
        iacrea,
        interval=config.poll_interval,
        timeout=config.generation_timeout,
        on_progress=edits.note,
    )
    return (
        Worker(Due.STEPS, regenerate.step, store, limit=STEPS_AT_ONCE, ahead=STEP_LEASE),
        Worker(Due.POLLS, tracker.poll, store, limit=POLLS_AT_ONCE, ahead=config.poll_interval),
    )


async def _store(config: Config, stack: contextlib.AsyncExitStack) -> Generations:
    if config.redis_url is not None:
        url = config.redis_url.reveal()
    else:
        url = await stack.enter_async_context(EmbeddedValkey(config.bot_data_dir))
    redis = connect(url)
    stack.push_async_callback(redis.aclose)
    return Generations(redis, prefix=config.redis_prefix, poll_interval=config.poll_interval)


async def _finish(workers: Sequence[Worker], loops: set[asyncio.Task[None]]) -> None:
    """Lets the steps under way end, and no new ones begin."""
    for worker in workers:
        worker.stop()
    await asyncio.wait(loops, timeout=FINISH)
    for loop in loops:
        await _end(loop)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
