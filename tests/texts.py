"""How the bot speaks in the tests."""

from bot.domain.effects import Effects
from bot.domain.permissions import Permissions
from bot.domain.video import VideoId
from bot.slack.answering.access import Access
from bot.slack.answering.conversations import Conversations
from bot.slack.answering.languages import Languages
from bot.slack.answering.memberships import Memberships
from bot.slack.answering.people import People
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.texts import Texts
from bot.slack.connection.web_api import WebApi
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
    return languages, Access(permissions, people, Memberships(api, scopes))


class NowhereElse:
    """No storyboard is shared."""

    async def of(self, _: VideoId) -> tuple[()]:
        return ()

    async def refresh(self, _: VideoId) -> None:
        pass
