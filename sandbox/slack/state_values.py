"""What people have typed and chosen in the fields of a message or a view; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.slack.block_kit import elements_of, unrolled
from sandbox.slack.objects import STATEFUL
from sandbox.slack.records import JSON, Message, View

State = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By `block_id`, then by `action_id`."""


@dataclass(frozen=True, slots=True)
class ChosenChannel:
    """A conversation chosen in a field that asks Slack for a response URL."""

    block_id: str
    action_id: str
    channel: str


def filled_in(
    blocks: Sequence[JSON], typed: State, *, submitting: bool = False
) -> dict[str, dict[str, JSON]]:
    """Returns the state of every field: what was typed, else what it held at first.

    Raises:
        ValueError: `typed` names a field that is not there, or a required one is empty in what
            is being submitted.
    """
    state: dict[str, dict[str, JSON]] = {}
    for block in unrolled(blocks):
        for element in elements_of(block):
            if element["type"] in STATEFUL:
                entry = _entry(element, typed.get(block["block_id"], {}))
                state.setdefault(block["block_id"], {})[element["action_id"]] = entry
                _check_count(element, entry)
                if submitting and _insists(block) and not entry[STATEFUL[element["type"]][0]]:
                    message = f"Slack insists that {element['action_id']} is filled in"
                    raise ValueError(message)
    # What was typed into no field is the test's mistake, and would pass unseen.
    for block_id, fields in typed.items():
        for action_id in fields:
            if action_id not in state.get(block_id, {}):
                message = f"there is no field {action_id} in a block {block_id}"
                raise ValueError(message)
    return state


def overlaid(below: State, above: State) -> State:
    """Returns both, field by field; what is `above` is the newer."""
    return {
        block_id: {**below.get(block_id, {}), **above.get(block_id, {})}
        for block_id in {**below, **above}
    }


def typed_in(target: Message | View) -> State:
    """Returns what its person has typed and chosen in a view; a message keeps nothing."""
    return target.typed if isinstance(target, View) else {}


def response_channels(blocks: Sequence[JSON], state: State) -> list[ChosenChannel]:
    """Returns what was chosen in fields with `response_url_enabled`.

    It «only works with menus in input blocks in modals» (reference/block-kit/block-elements).
    """
    return [
        ChosenChannel(block["block_id"], element["action_id"], channel)
        for block in blocks
        if block["type"] == "input"
        for element in elements_of(block)
        if element.get("response_url_enabled")
        and (
            channel := state[block["block_id"]][element["action_id"]].get(
                STATEFUL[element["type"]][0]
            )
        )
    ]


def _check_count(element: JSON, entry: JSON) -> None:
    chosen, most = entry.get("selected_options") or (), element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        message = f"Slack lets nobody choose more than {most} in {element['action_id']}"
        raise ValueError(message)


def _entry(element: JSON, typed: Mapping[str, Mapping[str, Any]]) -> JSON:
    name, initial = STATEFUL[element["type"]]
    entry = {"type": element["type"], name: element.get(initial)}
    return entry | dict(typed.get(element["action_id"], {}))


def _insists(block: JSON) -> bool:
    return block["type"] == "input" and not block.get("optional", False)
