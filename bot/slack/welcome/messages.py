"""Builds the greeting: what the bot does, how to ask for it, and what that costs."""

from slack_sdk.models.blocks import ActionsBlock

from bot.domain.command import Word
from bot.slack.blocks.drafts import Prefill, open_with
from bot.slack.blocks.message import Message, section
from bot.slack.blocks.texts import Texts


def hello(texts: Texts) -> Message:
    """Returns three lines and the button that opens the form."""
    effect = texts.say.effect(texts.effects.names[1])
    typed, said = texts.typed("<video> 2"), texts.said(f"2 {effect}")
    lines = [
        texts.say("welcome-what"),
        texts.say("welcome-how", typed=typed, said=said, help=texts.typed(Word.HELP)),
        texts.say("welcome-cost"),
    ]
    row = ActionsBlock(elements=[open_with(Prefill(), texts)])
    return Message.of([section("\n".join(lines)), row], texts.say)
