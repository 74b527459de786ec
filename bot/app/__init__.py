"""The composition root: it alone knows every part."""

from bot.app.running import run

__all__ = ["run"]
