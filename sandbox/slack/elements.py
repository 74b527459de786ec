"""Block elements and the objects they are made of, with the limits Slack documents.

Limits: https://docs.slack.dev/reference/block-kit/block-elements and /composition-objects.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.slack.not_simulated import ELEMENTS
from sandbox.slack.schema import (
    Check,
    any_of,
    anything,
    boolean,
    both,
    by_type,
    exactly_one,
    fault,
    items,
    number,
    one_of,
    shape,
    string,
)

IDENTIFIER = string(255)
URL = string(3000)
ALT_TEXT = string(2000)


def plain_text(most: int) -> Check:
    """Requires a `plain_text` object of at most `most` characters."""
    return by_type({"plain_text": shape({"text": string(most)}, {"emoji": boolean})})


def any_text(most: int) -> Check:
    """Requires a `plain_text` or `mrkdwn` object of at most `most` characters."""
    return by_type(
        {
            "plain_text": shape({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(most)}, {"verbatim": boolean}),
        }
    )


_CONFIRM = shape(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)

# 150 is what the page and the SDK's validator say for `value`; older type definitions say 75.
_OPTION = shape(
    {"text": any_text(75), "value": string(150)},
    {"description": any_text(75), "url": URL},
)

_GROUP = shape({"label": plain_text(75), "options": items(_OPTION, 100)})

# Menus take plain text only; what is offered to one from outside is checked for that too.
_OFFERED_OPTION = shape(
    {"text": plain_text(75), "value": string(150)}, {"description": plain_text(75)}
)
_OFFERED_GROUP = shape({"label": plain_text(75), "options": items(_OFFERED_OPTION, 100)})

OFFERED = both(
    shape(
        {},
        {
            "options": items(_OFFERED_OPTION, 100, least=0),
            "option_groups": items(_OFFERED_GROUP, 100, least=0),
        },
    ),
    exactly_one("options", "option_groups"),
)
"""What an app may answer to a `block_suggestion`."""

QUERY_LENGTH = 3
"""How many characters an external select waits for, unless its `min_query_length` tells."""


def _initial_options_exist(element: Any, where: str) -> Iterator[str]:
    """Requires that what is chosen to begin with is one of the options, to the letter."""
    chosen = element.get("initial_options", [])
    if "initial_option" in element:
        chosen = [element["initial_option"]]
    if isinstance(chosen, list) and any(option not in options_of(element) for option in chosen):
        yield fault("initial option must be one of the options", where)


def options_of(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the options of an element, those of its groups too."""
    groups = element.get("option_groups")
    grouped = groups if isinstance(groups, list) else []
    lists = [element.get("options"), *(g.get("options") for g in grouped if isinstance(g, dict))]
    return [option for options in lists if isinstance(options, list) for option in options]


# reference/block-kit/composition-objects/conversation-filter-object; one field at the least.
_CONVERSATION_FILTER = both(
    shape(
        {},
        {
            "include": items(one_of("im", "mpim", "private", "public"), 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    ),
    any_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

_COMMON: dict[str, Check] = {"action_id": IDENTIFIER, "confirm": _CONFIRM}
_FIELD: dict[str, Check] = {"focus_on_load": boolean, "placeholder": plain_text(150)}


def _menu(**optional: Check) -> Check:
    """Requires a select menu that Slack fills by itself."""
    return shape({}, {**_COMMON, **_FIELD, **optional})


def _static_select(**optional: Check) -> Check:
    """Requires a select menu whose options the app gives."""
    lists = {"options": items(_OPTION, 100), "option_groups": items(_GROUP, 100)}
    return both(
        shape({}, {**_COMMON, **_FIELD, **lists, **optional}),
        exactly_one("options", "option_groups"),
        _initial_options_exist,
    )


def _choices(most: int, **optional: Check) -> Check:
    """Requires a few options that are all on screen at once."""
    return both(
        shape({"options": items(_OPTION, most)}, {**_COMMON, "focus_on_load": boolean, **optional}),
        _initial_options_exist,
    )


def _typed(**optional: Check) -> Check:
    """Requires a field that somebody types into."""
    common = {"action_id": IDENTIFIER, "dispatch_action_config": anything}
    return shape({}, {**common, **_FIELD, **optional})


IMAGE = both(
    shape({"alt_text": ALT_TEXT}, {"image_url": URL, "slack_file": anything}),
    exactly_one("image_url", "slack_file"),
)

_BUTTON = shape(
    {"text": plain_text(75)},
    {
        **_COMMON,
        "url": URL,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)

_CHOOSING: dict[str, Check] = {
    "static_select": _static_select(initial_option=_OPTION),
    "multi_static_select": _static_select(
        initial_options=items(_OPTION, 100), max_selected_items=number
    ),
    "external_select": _menu(initial_option=_OFFERED_OPTION, min_query_length=number),
    "users_select": _menu(initial_user=IDENTIFIER),
    "conversations_select": _menu(
        initial_conversation=IDENTIFIER,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=_CONVERSATION_FILTER,
    ),
    "channels_select": _menu(initial_channel=IDENTIFIER, response_url_enabled=boolean),
    "checkboxes": _choices(10, initial_options=items(_OPTION, 10)),
    "radio_buttons": _choices(10, initial_option=_OPTION),
    "datepicker": _menu(initial_date=string(10)),
}

# Overflow menus: no page gives a number; five options are known to work.
_PRESSED: dict[str, Check] = {
    "button": _BUTTON,
    "overflow": shape({"options": items(_OPTION, 5)}, _COMMON),
}

_TYPED: dict[str, Check] = {
    "plain_text_input": _typed(
        initial_value=string(3000, least=0),
        multiline=boolean,
        min_length=number,
        max_length=number,
    ),
    "url_text_input": _typed(initial_value=string(3000, least=0)),
    "email_text_input": _typed(initial_value=string(3000, least=0)),
}

BUTTON = by_type({"button": _BUTTON})
PICTURE = by_type({"image": IMAGE})
ACTION_ELEMENT = by_type({**_CHOOSING, **_PRESSED}, beyond=ELEMENTS)
ACCESSORY = by_type({"image": IMAGE, **_CHOOSING, **_PRESSED}, beyond=ELEMENTS)
INPUT_ELEMENT = by_type({**_CHOOSING, **_TYPED}, beyond=ELEMENTS)
CONTEXT_ELEMENT = by_type(
    {
        "image": IMAGE,
        "plain_text": shape({"text": string(3000)}, {"emoji": boolean}),
        "mrkdwn": shape({"text": string(3000)}, {"verbatim": boolean}),
    }
)
