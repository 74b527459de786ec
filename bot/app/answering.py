"""Builds what every listener needs."""

from bot.app.core import Core
from bot.app.workspace import Workspace
from bot.slack.answering.access import Access
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.conversations import Conversations
from bot.slack.answering.intake import Intake
from bot.slack.answering.languages import Languages
from bot.slack.answering.late_deliveries import LateDeliveries
from bot.slack.answering.memberships import Memberships
from bot.slack.answering.people import People
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.connection.under_way import UnderWay


def build_context(core: Core, workspace: Workspace, under_way: UnderWay) -> AnsweringContext:
    """Builds it; `under_way` owns the tasks that go on after an acknowledgement."""
    config, stores, slack = core.config, core.stores, workspace.slack
    scopes, catalogue = workspace.installation.scopes, Catalogue()
    people = People(slack, scopes)
    members = Memberships(slack, scopes, slack.where)
    permissions = workspace.permissions(config)
    access = Access(permissions, people, members, workspace.groups, slack.where)
    languages = Languages(
        catalogue,
        workspace.texts(config, catalogue),
        people,
        Conversations(slack, scopes, slack.where),
    )
    late = LateDeliveries(slack, languages, stores, access)
    intake = Intake(stores.requests, stores.videos, access, late.ask, under_way)
    return AnsweringContext(slack, stores, access, languages, intake, core.reader)
