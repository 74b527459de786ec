"""The operator's commands, so that nobody needs redis-cli: list, show, cancel, forget, export."""

from bot.operate.cancelling import cancel
from bot.operate.errors import OperateError
from bot.operate.forgetting import forget
from bot.operate.reading import export, list_requests, show

__all__ = ["OperateError", "cancel", "export", "forget", "list_requests", "show"]
