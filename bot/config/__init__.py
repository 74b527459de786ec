"""What the operator sets: `Config`, checked as a whole, and where it is read from."""

from bot.config.environment import Environment, read_environment
from bot.config.errors import ConfigError, InvalidSetting
from bot.config.network import NETWORK_VARIABLES
from bot.config.secret import Secret
from bot.config.settings import Config

__all__ = [
    "NETWORK_VARIABLES",
    "Config",
    "ConfigError",
    "Environment",
    "InvalidSetting",
    "Secret",
    "read_environment",
]
