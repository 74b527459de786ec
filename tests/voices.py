"""How the bot speaks in the tests."""

from bot.domain.effects import Effects
from bot.slack.blocks.voice import Voice
from bot.slack.words import Catalogue

CATALOGUE = Catalogue()
EFFECTS = Effects.with_extra((), CATALOGUE.spoken(Effects.with_extra().names))
ENGLISH = Voice(CATALOGUE.words("en"), EFFECTS, "/regen", "https://acme.slack.com/")
FRENCH = Voice(CATALOGUE.words("fr"), EFFECTS, "/regen", "https://acme.slack.com/")
