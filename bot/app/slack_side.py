"""Slack's side of the bot, from the first question to the last acknowledgement."""

import asyncio
import logging
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.app.health import Health
from bot.app.permitted import permissions
from bot.app.stopping import end, finish
from bot.app.stores import Stores
from bot.app.texts import texts
from bot.config import Config, Secret
from bot.deliveries import Deliveries
from bot.domain.command import NameVideo, OpenForm, ShowRequest, ShowStatus, ShowStoryboard
from bot.iacrea.download import Downloads
from bot.process import garbage
from bot.regenerate import Regenerator
from bot.slack.answering.access import Access
from bot.slack.answering.conversations import Conversations
from bot.slack.answering.intake import Intake
from bot.slack.answering.languages import Languages
from bot.slack.answering.late import Late
from bot.slack.answering.memberships import Memberships
from bot.slack.answering.others import Others
from bot.slack.answering.people import People
from bot.slack.answering.showing import Show, Showing, Shown
from bot.slack.answering.video_reader import VideoReader
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.buttons.listeners import Buttons
from bot.slack.command.listeners import RegenCommand
from bot.slack.connection.bolt import bolt
from bot.slack.connection.client import Client
from bot.slack.connection.installation import Installation, bot_token_refused, identify
from bot.slack.connection.pace import Pace
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.web_api import WebApi, web_client
from bot.slack.form.listeners import Forms
from bot.slack.form.submissions import Submissions
from bot.slack.form.videos_menu import VideosMenu
from bot.slack.home.listeners import HomeTabs
from bot.slack.moved import Moved
from bot.slack.naming.listeners import Naming
from bot.slack.routes import (
    register,
    register_form,
    register_moved,
    register_naming,
    register_overviews,
    register_unknown,
)
from bot.slack.status.listeners import Balance, Reports, Status
from bot.slack.storyboard.listeners import Storyboards
from bot.slack.storyboard.shared import StoryboardEdits, StoryboardNotes, StoryboardUpdates
from bot.slack.telling.context import TellingContext
from bot.slack.telling.courier import LEASE as NOTICE_LEASE
from bot.slack.telling.courier import Courier
from bot.slack.telling.progress import ProgressEdits, ProgressNotes
from bot.slack.telling.refreshing import Refreshing
from bot.slack.telling.uploads import SCOPE, Uploads
from bot.slack.unknown import Unknown
from bot.store.queues import Queue
from bot.transitions import Transitions
from bot.web.server import WebServer
from bot.worker import Worker

log = logging.getLogger(__name__)

NOTICES_AT_ONCE = 10
"""Slack takes about one message a second per channel; more at once would only meet its 429."""
DRAIN = 3.0
"""Seconds for deliveries to be answered at the stop; Slack waits no longer."""


@dataclass(frozen=True, slots=True)
class Live:
    """What is kept up to date in Slack by what the polls see.

    Attributes:
        edits: the messages of requests that run.
        boards: the storyboards that were shared.
        reader: reads a video for somebody, and knows what the polls saw.
        balance: what is left on the account.
    """

    edits: ProgressNotes
    boards: StoryboardNotes
    reader: VideoReader
    balance: Balance


class SlackSide:
    """Slack's side of the bot, from the first question to the last acknowledgement."""

    def __init__(
        self,
        config: Config,
        stores: Stores,
        regenerate: Regenerator,
        live: Live,
        web: WebServer,
        health: Health,
        deliveries: Deliveries,
    ) -> None:
        self._config = config
        self._stores = stores
        self._regenerate = regenerate
        self._live = live
        self._web = web
        self._health = health
        self._deliveries = deliveries
        self._client = self._web_client(config.slack_bot_token)
        self._moved = Moved(stores.channels, config.allowed_channels)
        self._api = WebApi(self._client, self._moved.where, deliveries.clock, Pace(stores.budget))
        health.trouble = lambda: self._api.trouble
        self._people: People
        self._access: Access
        self._intake: Intake
        self._reports = Reports(stores.requests, stores.videos, stores.ledger, live.balance)

    async def talk(self) -> None:
        """Connects, then runs until it is cancelled.

        Raises:
            SlackFatalError: Slack refuses one of the tokens.
        """
        installation = await identify(self._api, self._config.slack_bot_token.reveal())
        languages = self._open(installation)
        stores, live = self._stores, self._live
        boards = StoryboardEdits(self._api, stores.boards, live.reader, languages)
        context = self._telling(languages)
        uploads = self._uploads(installation, context)
        courier = Courier(context, stores.learned, boards, uploads)
        notices = Worker(
            Queue.NOTICES,
            courier.deliver,
            stores.requests,
            limit=NOTICES_AT_ONCE,
            ahead=NOTICE_LEASE,
            deliveries=self._deliveries,
        )
        telling = asyncio.create_task(notices.run())
        homes = self._homes(languages)
        progress = ProgressEdits(context, stores.learned, live.edits)
        updates = StoryboardUpdates(stores.requests, live.boards, boards)
        others = [
            asyncio.create_task(each)
            for each in (
                self._listen(installation, languages, homes, courier),
                Refreshing(self._api).run(progress, updates, homes),
                self._moved.run(),
                self._until_refused(),
            )
        ]
        try:
            ends = {telling, *others}
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await self._under_way.drain(DRAIN)
            for task in others:
                await end(task)
            await finish([notices], {telling})

    def _web_client(self, token: Secret) -> Client:
        return web_client(token.reveal(), self._config.slack_api_url, self._config.network)

    async def _until_refused(self) -> None:
        """Ends the bot once its token is revoked; what is to be told waits for the next start."""
        raise bot_token_refused(await self._api.until_refused())

    def _open(self, installation: Installation) -> Languages:
        """Lets in those who may do what, now that it is known whose the bot is."""
        self._people = People(self._api, installation.scopes)
        allowed = permissions(self._config, installation)
        members = Memberships(self._api, installation.scopes, self._moved.where)
        self._access = Access(allowed, self._people, members, self._moved.where)
        languages, stores = self._languages(installation), self._stores
        requests, others = stores.requests, Others(stores.requests, self._access)
        late = Late(self._api, languages, requests, stores.learned, others)
        self._under_way = UnderWay()
        under_way, access = self._under_way, self._access
        self._intake = Intake(requests, stores.videos, access, late.ask, under_way)
        return languages

    def _telling(self, languages: Languages) -> TellingContext:
        requests = self._stores.requests
        transitions = Transitions(requests, self._config.generation_timeout)
        return TellingContext(self._api, requests, transitions, languages, self._access)

    def _uploads(self, installation: Installation, context: TellingContext) -> Uploads:
        wanted, granted = self._config.inline_video, SCOPE in installation.scopes
        if wanted and not granted:
            log.warning("INLINE_VIDEO: the bot token lacks the scope %s", SCOPE)
        downloads = Downloads(self._config.iacrea_base_url, self._config.network)
        return Uploads(context, downloads, wanted=wanted and granted)

    def _languages(self, installation: Installation) -> Languages:
        catalogue = Catalogue()
        conversations = Conversations(self._api, installation.scopes, self._moved.where)
        own = texts(self._config, installation, catalogue)
        return Languages(catalogue, own, self._people, conversations)

    def _storyboards(self, languages: Languages) -> Storyboards:
        return Storyboards(
            self._api,
            self._intake,
            languages,
            self._live.reader,
            store=self._stores.requests,
            videos=self._stores.videos,
            boards=self._stores.boards,
        )

    def _modals(self, app: AsyncApp, languages: Languages) -> dict[type[Shown], Show]:
        """Registers the form and the naming of videos; the commands that they show."""
        reader, videos, learned = self._live.reader, self._stores.videos, self._stores.learned
        forms = Forms(
            self._api,
            self._intake,
            languages,
            reader,
            learned,
            self._stores.choices,
            shared_too=bool(self._config.allowed_teams),
        )
        submissions = Submissions(self._intake, languages)
        register_form(app, self._under_way, forms, submissions, VideosMenu(videos, self._intake))
        naming = Naming(self._api, self._intake, languages, reader, videos)
        register_naming(app, self._under_way, naming)
        return {OpenForm: forms.show, NameVideo: naming.show}

    def _homes(self, languages: Languages) -> HomeTabs:
        requests, homes = self._stores.requests, self._stores.homes
        return HomeTabs(self._api, languages, self._reports, requests, homes, self._access)

    def _overviews(
        self, app: AsyncApp, languages: Languages, homes: HomeTabs
    ) -> dict[type[Shown], Show]:
        """Registers what shows requests at a glance; the commands that do."""
        reader, requests = self._live.reader, self._stores.requests
        status = Status(self._api, self._intake, languages, reader, self._reports, requests)
        register_overviews(app, self._under_way, status, homes)
        register_moved(app, self._under_way, self._moved)
        return {ShowStatus: status.show, ShowRequest: status.show_request}

    async def _listen(
        self, installation: Installation, languages: Languages, homes: HomeTabs, courier: Courier
    ) -> None:
        """Takes what people type and press."""
        app = bolt(installation, self._client)
        storyboards = self._storyboards(languages)
        shows = {
            ShowStoryboard: storyboards.show,
            **self._modals(app, languages),
            **self._overviews(app, languages, homes),
        }
        showing = Showing(self._api, shows)
        effects = languages.channel.effects
        command = RegenCommand(self._intake, effects, languages, showing)
        stopping = self._regenerate.stop_watching
        buttons = Buttons(self._intake, self._api, languages, stopping, courier.explain_repetition)
        register(app, self._under_way, command, buttons, storyboards)
        register_unknown(app, self._under_way, Unknown(self._api, self._intake, languages))
        garbage.settle()
        app_token = self._config.slack_app_token
        if app_token is None:
            self._web.serve_slack(app)
            self._health.serving = True
            await asyncio.get_running_loop().create_future()
            return
        await self._over_sockets(app, app_token)

    async def _over_sockets(self, app: AsyncApp, app_token: Secret) -> None:
        from bot.slack.connection.envelopes import Envelopes  # noqa: PLC0415 - HTTP mode does without
        from bot.slack.connection.socket_mode import SocketMode  # noqa: PLC0415

        envelopes = Envelopes(app, self._under_way, self._deliveries)
        client = self._web_client(app_token)
        sockets = SocketMode(client, envelopes, self._deliveries.clock)
        self._health.connected = sockets.connected
        self._health.trouble = sockets.trouble
        self._health.serving = True
        try:
            await sockets.run()
        finally:
            await self._under_way.drain(DRAIN)
            await sockets.close()
