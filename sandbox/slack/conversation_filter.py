"""Which conversations a menu of them offers: those that its person can see, by its `filter`.

Sources: reference/block-kit/block-elements, select menu of conversations;
composition-objects/conversation-filter-object.
"""

from sandbox.slack.block_kit import elements_of, unrolled
from sandbox.slack.installation import Installation
from sandbox.slack.records import JSON, Channel, ChannelKind, View
from sandbox.slack.state_values import State

_KINDS = {
    ChannelKind.PUBLIC: "public",
    ChannelKind.PRIVATE: "private",
    ChannelKind.IM: "im",
    ChannelKind.MPIM: "mpim",
}


def check_offered(installation: Installation, view: View, typed: State) -> None:
    """Lets people choose what their menus offer. What the app chose beforehand is not looked at.

    Raises:
        ValueError: a conversation was chosen that its menu does not offer.
    """
    for block in unrolled(view.blocks):
        for element in elements_of(block):
            entry = typed.get(block["block_id"], {}).get(element["action_id"], {})
            chosen = entry.get("selected_conversation")
            channel = installation.workspace.channel(chosen) if chosen else None
            if channel and not (
                _sees(view.user, channel) and _offers(installation, element, channel)
            ):
                message = f"{element['action_id']} does not offer {chosen}"
                raise ValueError(message)


def _sees(user: str, channel: Channel) -> bool:
    return channel.kind is ChannelKind.PUBLIC or user in channel.members


def _offers(installation: Installation, element: JSON, channel: Channel) -> bool:
    rules: JSON = element.get("filter", {})
    with_bot = channel.kind is ChannelKind.IM and installation.workspace.bot.id in channel.members
    return (
        _KINDS[channel.kind] in rules.get("include", _KINDS.values())
        and not (rules.get("exclude_bot_users") and with_bot)
        and not (rules.get("exclude_external_shared_channels") and channel.shared_with)
    )
