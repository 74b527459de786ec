"""What people choose and type in fields, and what an app offers them to choose from."""

from collections.abc import Sequence

from sandbox.slack.conversation_filter import check_offered
from sandbox.slack.delivery import Kind, Payload
from sandbox.slack.elements import QUERY_LENGTH, options_of
from sandbox.slack.installation import Installation
from sandbox.slack.interactions import block_action, container, element_of, interaction, shown
from sandbox.slack.objects import STATEFUL, view_json
from sandbox.slack.records import JSON, Message, User, View
from sandbox.slack.state_values import filled_in, overlaid


def suggestion(
    installation: Installation,
    user: User,
    target: Message | View,
    action_id: str,
    typed: str,
    block_id: str | None = None,
) -> Payload:
    """Returns the question to the app, what to offer for something typed into an external select.

    Shape: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload.

    Raises:
        ValueError: there is no such select, or Slack would wait for more characters.
    """
    block, element = element_of(target, action_id, block_id)
    if element["type"] != "external_select":
        message = f"{action_id} is a {element['type']}, not an external_select"
        raise ValueError(message)
    least = element.get("min_query_length", QUERY_LENGTH)
    if len(typed) < least:
        message = f"{action_id} asks the app only from {least} characters on"
        raise ValueError(message)
    in_view = isinstance(target, View)
    payload = interaction(installation, user, "block_suggestion", in_view=in_view) | {
        "action_id": action_id,
        "block_id": block["block_id"],
        "value": typed,
    }
    if isinstance(target, View):
        state = {"values": filled_in(target.blocks, target.typed)}
        payload |= {"container": {"type": "view", "view_id": target.id}}
        payload |= {"view": view_json(target, state=state, team=user.team)}
    else:
        payload |= {"container": container(target), **shown(installation, target)}
    return Payload(Kind.INTERACTION, payload, accepts_response=True)


def selection(
    installation: Installation,
    user: User,
    target: Message | View,
    action_id: str,
    value: str | Sequence[str],
    block_id: str | None = None,
) -> Payload | None:
    """Options chosen from a select, by their values; None where the app is not told.

    Fields of a view tell the app only where their block has `dispatch_action`.

    Raises:
        ValueError: there is no such select or no such option in it, or too many were chosen.
    """
    block, element = element_of(target, action_id, block_id)
    entry = _chosen(installation, user, target, (block, element), value)
    told = block["type"] != "input" or block.get("dispatch_action", False)
    if isinstance(target, View) and element["type"] in STATEFUL:
        target = _kept(installation, target, (block, element), entry)
    elif not told:
        message = "what is chosen in fields of a message is not kept here"
        raise ValueError(message)
    if not told:
        return None
    if "placeholder" in element:
        entry["placeholder"] = element["placeholder"]
    return block_action(installation, user, target, (block, element), entry)


def typing(
    installation: Installation,
    view: View,
    action_id: str,
    value: object,
    block_id: str | None = None,
) -> View:
    """Keeps a value typed or picked in a field that is no select of options.

    The app is not told.

    Raises:
        ValueError: there is no such field.
    """
    block, element = element_of(view, action_id, block_id)
    if element["type"] not in STATEFUL:
        message = f"{action_id} is a {element['type']}, which holds nothing"
        raise ValueError(message)
    return _kept(installation, view, (block, element), {STATEFUL[element["type"]][0]: value})


def _kept(installation: Installation, view: View, where: tuple[JSON, JSON], entry: JSON) -> View:
    """Returns the view with that value in a field, if Slack lets a person put it there."""
    block_id, action_id = where[0]["block_id"], where[1]["action_id"]
    entry = {"type": where[1]["type"], **entry}
    check_offered(installation, view, {block_id: {action_id: entry}})
    filled_in(view.blocks, overlaid(view.typed, {block_id: {action_id: entry}}))
    return installation.workspace.views.fill(view, block_id, action_id, entry)


def _chosen(
    installation: Installation,
    user: User,
    target: Message | View,
    where: tuple[JSON, JSON],
    value: str | Sequence[str],
) -> JSON:
    """Returns the options with these values, as a payload names them."""
    block, element = where
    options = options_of(element)
    if element["type"] == "external_select":
        place = target.id if isinstance(target, View) else target.ts
        offered = installation.offered.get(
            (user.id, place, block["block_id"], element["action_id"]), []
        )
        options = offered + [element[name] for name in ("initial_option",) if name in element]
    by_value = {option["value"]: option for option in options}
    wanted = [value] if isinstance(value, str) else list(value)
    several = STATEFUL.get(element["type"], ("selected_option",))[0] == "selected_options"
    if not several and len(wanted) != 1:
        message = f"{element['action_id']} takes one option"
        raise ValueError(message)
    for each in wanted:
        if each not in by_value:
            message = f"{element['action_id']} has no option {each!r}"
            raise ValueError(message)
    chosen = [by_value[each] for each in wanted]
    return {"selected_options": chosen} if several else {"selected_option": chosen[0]}
