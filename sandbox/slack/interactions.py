"""Slash commands and interactions: what people do, as the payload that Slack makes of it.

Shapes: https://docs.slack.dev/interactivity/implementing-slash-commands and
https://docs.slack.dev/reference/interaction-payloads. What a person could not do in Slack, such
as pressing a button that is not there, is a ValueError: the caller's mistake, not the app's.
"""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.slack.block_kit import elements_of, unrolled
from sandbox.slack.conversation_filter import check_offered
from sandbox.slack.delivery import Kind, Payload
from sandbox.slack.identity import APP_ID, TEAM_DOMAIN, TEAM_ID
from sandbox.slack.installation import Installation
from sandbox.slack.message_objects import completed, message_json
from sandbox.slack.objects import (
    STATEFUL,
    actor_json,
    is_own,
    place_json,
    view_json,
    whereabouts,
)
from sandbox.slack.records import JSON, Channel, ChannelKind, Message, User, View
from sandbox.slack.scopes import is_member
from sandbox.slack.state_values import State, filled_in, overlaid, response_channels, typed_in


def command(installation: Installation, user: User, channel: Channel, typed: str) -> Payload:
    """Returns the payload of a slash command typed into a conversation.

    Raises:
        ValueError: the app has no such command, or nobody could type it there.
    """
    name, _, text = typed.strip().partition(" ")
    commands = installation.app.commands
    if name not in commands:
        message = f"{name} is not among the commands of the app: {sorted(commands)}"
        raise ValueError(message)
    channel = writable(installation, user, channel)
    _check_own(installation, user)
    private = channel.kind is ChannelKind.PRIVATE
    payload = {
        "token": installation.verification_token,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": "privategroup" if private else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": escaped(installation, text.strip()) if commands[name].escapes else text.strip(),
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        **({"enterprise_id": installation.enterprise} if installation.enterprise else {}),
        "response_url": installation.base_url
        + installation.response_urls.issue(user.id, channel.id),
        "trigger_id": installation.triggers.issue(user.id),
    }
    return Payload(Kind.COMMAND, payload, accepts_response=True)


def writable(installation: Installation, user: User, channel: Channel) -> Channel:
    """Returns the conversation as it is now, if that person can type there.

    In the direct messages with the app that is up to its manifest: without a Messages tab, or with
    one to be read only, neither messages nor slash commands can be sent (App Home, «Show Tabs»).

    Raises:
        ValueError: they cannot.
    """
    now = installation.workspace.channel(channel.id)
    if user.id not in now.members or now.archived:
        message = f"{user.name} cannot type into {now.name}"
        raise ValueError(message)
    with_app = now.kind is ChannelKind.IM and is_member(installation, now)
    if with_app and (not installation.app.messages_tab or installation.app.messages_tab_read_only):
        message = "sending messages to this app has been turned off"
        raise ValueError(message)
    return now


def click(
    installation: Installation,
    user: User,
    target: Message | View,
    action_id: str,
    block_id: str | None,
) -> Payload:
    """Returns the payload of a button pressed in a message, an ephemeral or a view.

    Raises:
        ValueError: there is no such button.
    """
    block, element = element_of(target, action_id, block_id)
    if element["type"] != "button":
        message = f"{action_id} is a {element['type']}, not a button"
        raise ValueError(message)
    shown: JSON = {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return block_action(installation, user, target, (block, element), shown)


def submission(installation: Installation, user: User, view: View, typed: State) -> Payload:
    """Returns the payload of a modal submitted with what was typed, by block and action.

    Raises:
        ValueError: a field is missing that Slack would insist on, or is not there.
    """
    check_offered(installation, view, typed)
    state = filled_in(view.blocks, overlaid(view.typed, typed), submitting=True)
    payload = interaction(installation, user, "view_submission", in_view=True) | {
        "view": view_json(view, state={"values": state}, team=user.team),
        "trigger_id": installation.triggers.issue(user.id, view=view.id),
        "response_urls": [
            {
                "block_id": field.block_id,
                "action_id": field.action_id,
                "channel_id": field.channel,
                "response_url": installation.base_url
                + installation.response_urls.issue(user.id, field.channel, kind="app"),
            }
            for field in response_channels(view.blocks, state)
        ],
    }
    return Payload(Kind.INTERACTION, payload, accepts_response=True)


def closing(installation: Installation, user: User, view: View) -> Payload:
    """Returns the payload of a modal closed by its cross or its close button."""
    payload = interaction(installation, user, "view_closed", in_view=True)
    payload |= {"view": view_json(view, team=user.team), "is_cleared": False}
    return Payload(Kind.INTERACTION, payload)


def shortcut(
    installation: Installation, user: User, callback_id: str, target: Message | None
) -> Payload:
    """Returns the payload of a global shortcut, or of one on a message.

    Raises:
        ValueError: the app has no such shortcut.
    """
    kind = "global" if target is None else "message"
    known = installation.app.shortcuts.get(callback_id)
    if known is None or known.kind != kind:
        message = f"the app has no {kind} shortcut {callback_id}"
        raise ValueError(message)
    _check_own(installation, user)
    common: JSON = {
        "callback_id": callback_id,
        "trigger_id": installation.triggers.issue(user.id),
        "action_ts": action_ts(installation),
    }
    common |= interaction(installation, user, "shortcut" if target is None else "message_action")
    # Shortcuts do not say whose app it is, and each kind names its person in its own way:
    # slackapi/bolt-js, src/types/shortcuts.
    del common["api_app_id"]
    del common["user"]["name" if target is None else "username"]
    if target is None:
        return Payload(Kind.INTERACTION, common)
    return Payload(
        Kind.INTERACTION, common | about(installation, user, target) | {"message_ts": target.ts}
    )


def interaction(
    installation: Installation, user: User, kind: str, *, in_view: bool = False
) -> JSON:
    """Returns what every interaction says.

    Everywhere `user.team_id`, and it alone, tells who belongs to which workspace.
    """
    return {
        "type": kind,
        "user": actor_json(user),
        "api_app_id": APP_ID,
        "token": installation.verification_token,
        **whereabouts(installation, user if in_view else None),
        "is_enterprise_install": False,
    }


def _check_own(installation: Installation, user: User) -> None:
    """Keeps commands and shortcuts to the app's own people; in a shared channel all may press.

    Source: apis/slack-connect, «Technical considerations».

    Raises:
        ValueError: they are of another organisation.
    """
    if not is_own(installation, user):
        message = f"Slack offers {user.name}, of another organisation, no command and no shortcut"
        raise ValueError(message)


def block_action(
    installation: Installation,
    user: User,
    target: Message | View,
    where: tuple[JSON, JSON],
    shown: Mapping[str, Any],
) -> Payload:
    """Returns the payload of an element used; what is `shown` of it goes into the payload.

    Raises:
        ValueError: the app takes no interactions.
    """
    if not installation.app.interactive:
        message = "interactivity is switched off in the manifest"
        raise ValueError(message)
    block, element = where
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts(installation),
        **completed(shown),
    }
    name = STATEFUL.get(element["type"], ("", ""))[0]
    chosen = {block["block_id"]: {element["action_id"]: {name: shown.get(name)}}} if name else {}
    state = {"values": filled_in(target.blocks, overlaid(typed_in(target), chosen))}
    view = target.id if isinstance(target, View) else None
    payload = interaction(installation, user, "block_actions", in_view=view is not None) | {
        "trigger_id": installation.triggers.issue(user.id, view=view),
        "actions": [action],
    }
    if isinstance(target, View):
        payload["container"] = {"type": "view", "view_id": target.id}
        payload["view"] = view_json(target, state=state, team=user.team)
    else:
        payload |= {"container": container(target), "state": completed(state)}
        payload |= about(installation, user, target)
    return Payload(Kind.INTERACTION, payload)


def container(message: Message) -> JSON:
    """Returns where an element stands, if that is a message."""
    container: JSON = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.visible_to is not None,
    }
    return container | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def about(installation: Installation, user: User, message: Message) -> JSON:
    """Returns the message, where it is, and how to answer there."""
    url = installation.response_urls.issue(user.id, message.channel, message)
    return {**shown(installation, message), "response_url": installation.base_url + url}


def shown(installation: Installation, message: Message) -> JSON:
    """Returns the message and where it is. Slack leaves an ephemeral itself out."""
    channel = place_json(installation.workspace.channel(message.channel))
    if message.visible_to is not None:
        return {"channel": channel}
    return {"channel": channel, "message": message_json(installation, message)}


def element_of(target: Message | View, action_id: str, block_id: str | None) -> tuple[JSON, JSON]:
    """Returns the block and the element in it.

    Raises:
        ValueError: there is none.
    """
    for block in unrolled(target.blocks):
        for element in elements_of(block):
            if element["action_id"] == action_id and block_id in {None, block["block_id"]}:
                return block, element
    there = [e["action_id"] for block in unrolled(target.blocks) for e in elements_of(block)]
    message = f"nothing there has the action_id {action_id}, only {there}"
    raise ValueError(message)


def action_ts(installation: Installation) -> str:
    """Returns when somebody did something, as payloads say it."""
    return f"{installation.clock():.6f}"


def escaped(installation: Installation, text: str, *, named: bool = True) -> str:
    """Returns what somebody typed, with links and mentions as Slack writes them.

    In a command people are `named` beside their id, `<@U1|ann>`: implementing-slash-commands. In a
    message they are not: reference/events/app_mention.
    """
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, entity)
    text = re.sub(r"https?://\S+", lambda link: f"<{link[0]}>", text)
    # The longest first: @ben.ong is not @ben.
    for user in sorted(installation.workspace.users(), key=lambda each: -len(each.name)):
        person = f"<@{user.id}|{user.name}>" if named else f"<@{user.id}>"
        text = re.sub(rf"(?<!\w)@{re.escape(user.name)}\b", person, text)
    for channel in sorted(installation.workspace.channels(), key=lambda each: -len(each.name)):
        text = re.sub(rf"#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", text)
    return text
