"""Texts of blocks made ready to be shown; pure.

Every mrkdwn object gets its `nodes`, and plain text its emoji.
"""

from typing import Any

from sandbox.slack.page.mrkdwn import emojized, nodes


def readable(value: Any) -> Any:
    """Returns a copy of a block, view or option, every text object of it ready to be shown."""
    if isinstance(value, list | tuple):
        return [readable(each) for each in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"type": "mrkdwn", "text": str(text)}:
            return {**value, "nodes": nodes(text)}
        case {"type": "plain_text", "text": str(text)}:
            return {**value, "text": emojized(text)}
        case _:
            return {name: readable(each) for name, each in value.items()}
