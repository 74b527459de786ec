"""The bot in either mode, as the conversation's tests start it."""

from tests.conversation.conftest import with_settings

__all__ = ["with_settings"]
