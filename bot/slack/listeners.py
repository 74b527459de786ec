"""The routing table: every id that Slack may send, and who answers it."""

from slack_bolt.async_app import AsyncApp

from bot.slack.actions import Buttons
from bot.slack.blocks.buttons import (
    AGAIN,
    ANOTHER_EFFECT,
    GO_AHEAD,
    KEEP_WATCHING,
    RETRY,
    WATCH,
)
from bot.slack.commands import RegenCommand
from bot.slack.intake import Intake


def register(app: AsyncApp, intake: Intake, command: RegenCommand, buttons: Buttons) -> None:
    """Registers every listener, each in `intake`'s care."""
    app.command(command.name)(intake.tracked(command.accept))
    app.action(AGAIN)(intake.tracked(buttons.repeat))
    app.action(RETRY)(intake.tracked(buttons.repeat))
    app.action(KEEP_WATCHING)(intake.tracked(buttons.repeat))
    app.action(ANOTHER_EFFECT)(intake.tracked(buttons.another_effect))
    app.action(GO_AHEAD)(intake.tracked(buttons.go_ahead))
    app.action(WATCH)(intake.tracked(buttons.watch))
