"""How the bot speaks where no single person reads, of the settings and of its workspace."""

from bot.config import Config
from bot.domain.effects import Effects
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.texts import Texts
from bot.slack.connection.installation import Installation


def texts(config: Config, installation: Installation, catalogue: Catalogue) -> Texts:
    """Returns the texts of channels, in BOT_LOCALE."""
    known = Effects.with_extra(config.iacrea_effects)
    return Texts(
        say=catalogue.words(config.bot_locale),
        effects=Effects.with_extra(config.iacrea_effects, catalogue.spoken(known.names)),
        command=config.slack_command,
        url=installation.url,
        low_credits=config.low_credits,
    )
