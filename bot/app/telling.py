"""Builds what says things in Slack without being asked: outcomes, progress, storyboards."""

import logging
from dataclasses import dataclass

from bot.app.core import Core
from bot.app.workspace import Workspace
from bot.iacrea.download import Downloads
from bot.slack.answering.context import AnsweringContext
from bot.slack.storyboard.shared import StoryboardEdits, StoryboardUpdates
from bot.slack.telling.context import OpenForms, TellingContext
from bot.slack.telling.courier import LEASE, Courier
from bot.slack.telling.progress import ProgressUpdates
from bot.slack.telling.uploads import SCOPE, Uploads
from bot.store.queues import Queue
from bot.transitions import Transitions
from bot.worker import ClaimLimits, Worker

log = logging.getLogger(__name__)

NOTICES_AT_ONCE = 10
"""Notices at once. Slack takes about one message a second per channel; more would meet its 429."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Holds what says things in Slack without being asked.

    Attributes:
        courier: announces, and tells outcomes.
        notices: calls the courier for what is due.
        progress: edits announcements to show how far a request is.
        storyboards: edits shared storyboards to show what polls saw.
        edits: edits shared storyboards at an end.
    """

    courier: Courier
    notices: Worker
    progress: ProgressUpdates
    storyboards: StoryboardUpdates
    edits: StoryboardEdits


def build_telling(
    core: Core, workspace: Workspace, answering: AnsweringContext, forms: OpenForms
) -> Telling:
    """Builds it; nothing runs yet. `forms` are those that are open."""
    slack, stores, languages = answering.slack, core.stores, answering.languages
    transitions = Transitions(stores.requests, core.config.generation_timeout)
    context = TellingContext(
        slack, stores.requests, transitions, languages, answering.access, forms
    )
    storyboards = StoryboardEdits(slack, stores.shared_storyboards, core.reader, languages)
    uploads = _uploads(core, workspace, context)
    courier = Courier(context, stores.estimates, storyboards, uploads, answering.nearby)
    claims = ClaimLimits(Queue.NOTICES, NOTICES_AT_ONCE, ahead=LEASE)
    return Telling(
        courier,
        Worker(claims, courier.deliver, stores.requests, core.deliveries),
        ProgressUpdates(context, stores.estimates, core.notes.progress),
        StoryboardUpdates(stores, core.notes.storyboards, storyboards),
        storyboards,
    )


def _uploads(core: Core, workspace: Workspace, context: TellingContext) -> Uploads:
    wanted, granted = core.config.inline_video, SCOPE in workspace.installation.scopes
    if wanted and not granted:
        log.warning("INLINE_VIDEO: the bot token lacks the scope %s", SCOPE)
    downloads = Downloads(core.config.iacrea_base_url, core.config.network)
    return Uploads(context, downloads, wanted=wanted and granted)
