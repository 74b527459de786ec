"""What people see of a message."""

from bot.slack.blocks.message import Message


def texts(message: Message) -> list[str]:
    """The words of each block; of an element, those that stand on it."""
    found = []
    for block in message.fields()["blocks"]:
        found += [block["text"]["text"]] if "text" in block else []
        for each in block.get("elements", ()):
            shown = each.get("text", each.get("placeholder", each.get("title")))
            found.append(shown if isinstance(shown, str) else shown["text"])
    return found
