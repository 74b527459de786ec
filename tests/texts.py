"""How the bot speaks in the tests."""

from collections.abc import Iterator
from typing import Any

from bot.domain.effects import Effects
from bot.domain.errors import UserError
from bot.domain.permissions import Permissions
from bot.domain.request import Request
from bot.domain.video import VideoId
from bot.iacrea.client import IACrea
from bot.slack.answering.access import Access
from bot.slack.answering.context import AnsweringContext
from bot.slack.answering.conversations import Conversations
from bot.slack.answering.intake import Intake
from bot.slack.answering.languages import Languages
from bot.slack.answering.memberships import Memberships
from bot.slack.answering.people import People
from bot.slack.answering.user_groups import UserGroups
from bot.slack.answering.video_reader import VideoReader
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.texts import Texts
from bot.slack.connection.under_way import UnderWay
from bot.slack.connection.web_api import WebApi
from bot.store import user_groups
from bot.store.client import connect
from bot.store.stores import Stores
from sandbox.slack import SlackSimulator
from sandbox.slack.identity import TEAM_ID

CATALOGUE = Catalogue()
EFFECTS = Effects.with_extra((), CATALOGUE.spoken(Effects.with_extra().names))
ENGLISH = Texts(CATALOGUE.words("en"), EFFECTS, "/regen", "https://acme.slack.com/")
FRENCH = Texts(CATALOGUE.words("fr"), EFFECTS, "/regen", "https://acme.slack.com/")


def listening(slack: SlackSimulator, api: WebApi) -> tuple[Languages, Access]:
    """How people are spoken to, and what they may do, in a workspace without further settings."""
    scopes = frozenset(slack.scopes)
    people = People(api, scopes)
    languages = Languages(CATALOGUE, ENGLISH, people, Conversations(api, scopes))
    permissions = Permissions(teams=frozenset({TEAM_ID}))
    nowhere = user_groups.UserGroups(connect("redis://127.0.0.1:1"), "x:")
    groups = UserGroups(nowhere, api, scopes, ())
    return languages, Access(permissions, people, Memberships(api, scopes), groups)


def answering(
    slack: SlackSimulator, api: WebApi, stores: Stores, iacrea: IACrea
) -> AnsweringContext:
    """What listeners need, in a workspace without further settings; nobody is asked when late."""
    languages, access = listening(slack, api)

    async def nobody_is_asked(request: Request) -> None:
        raise AssertionError(request)

    intake = Intake(stores.requests, stores.videos, access, nobody_is_asked, UnderWay())
    reader = VideoReader(iacrea, stores.requests, stores.videos, stores.estimates)
    return AnsweringContext(api, stores, access, languages, intake, reader)


class NowhereElse:
    """No storyboard is shared."""

    async def of(self, _: VideoId) -> tuple[()]:
        return ()

    async def refresh(self, _: VideoId) -> None:
        pass


class NoForm:
    """No form is open."""

    async def tell(self, _: Request, __: UserError) -> bool:
        return False

    async def started(self, _: Request) -> None:
        pass


def marked_up(node: Any) -> Iterator[str]:
    """Every mrkdwn text, all of which Slack has to leave as they are."""
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            assert node["verbatim"] is True
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from marked_up(each)
