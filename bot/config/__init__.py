"""What the operator sets: `Config`, checked as a whole, and where it is read from."""

from bot.config.secret import Secret
from bot.config.settings import Config, ConfigError, read_environment

__all__ = ["Config", "ConfigError", "Secret", "read_environment"]
