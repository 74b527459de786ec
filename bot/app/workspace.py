"""Says what the settings mean in the workspace that the bot is in."""

from dataclasses import dataclass

from bot.config import Config
from bot.domain.effects import Effects
from bot.domain.permissions import Permissions
from bot.slack.answering.user_groups import UserGroups
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.texts import Texts
from bot.slack.connection.client import Client
from bot.slack.connection.installation import Installation
from bot.slack.connection.web_api import WebApi
from bot.slack.moved_channels import MovedChannels


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace that the bot is in.

    Attributes:
        client: the SDK's, with the bot token.
        slack: the Web API.
        moved: knows the ids that its channels have now.
        groups: knows who is in the user groups that the settings name.
        installation: who the bot is there.
    """

    client: Client
    slack: WebApi
    moved: MovedChannels
    groups: UserGroups
    installation: Installation

    def permissions(self, config: Config) -> Permissions:
        """Returns who may do what: members, people of the organisation, those a setting lets in."""
        # The second only where the workspace belongs to an organisation (Enterprise Grid).
        own = (self.installation.team_id, self.installation.enterprise_id)
        return Permissions(
            config.allowed_channels,
            config.allowed_users,
            config.admin_users,
            teams=frozenset(each for each in own if each).union(config.allowed_teams),
            guests=config.allow_guests,
        )

    def texts(self, config: Config, catalogue: Catalogue) -> Texts:
        """Returns the texts of channels, in BOT_LOCALE."""
        known = Effects.with_extra(config.iacrea_effects)
        return Texts(
            say=catalogue.words(config.bot_locale),
            effects=Effects.with_extra(config.iacrea_effects, catalogue.spoken(known.names)),
            command=config.slack_command,
            url=self.installation.url,
            low_credits=config.low_credits,
            mention=f"<@{self.installation.bot_user_id}>",
            follows=config.follow == "on",
        )
