"""Who may do what, of the settings and of whose workspace it is."""

from bot.config import Config
from bot.domain.permissions import Permissions
from bot.slack.connection.installation import Installation


def permissions(config: Config, installation: Installation) -> Permissions:
    """The people of the workspace and of its organisation, and whoever a setting lets in."""
    own = (installation.team_id, installation.enterprise_id)
    return Permissions(
        config.allowed_channels,
        config.allowed_users,
        config.admin_users,
        teams=frozenset(each for each in own if each).union(config.allowed_teams),
        guests=config.allow_guests,
    )
