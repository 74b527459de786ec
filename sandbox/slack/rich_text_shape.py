"""What Slack accepts inside a `rich_text` block.

Elements: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block, and their types in
slackapi/node-slack-sdk, packages/types, block-kit/block-elements.ts. What only Slack's own clients
write, such as canvases and files, is let through unseen.
"""

from sandbox.slack.schema import (
    Check,
    anything,
    boolean,
    by_type,
    items,
    number,
    one_of,
    shape,
    string,
)

_TEXT = string(40_000)
_STYLES = (
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
)
_STYLE = shape({}, dict.fromkeys(_STYLES, boolean))


def _element(required: dict[str, Check], **optional: Check) -> Check:
    return shape(required, {"style": _STYLE, **optional})


_ELEMENTS: dict[str, Check] = {
    "broadcast": _element({"range": one_of("here", "channel", "everyone")}),
    "channel": _element({"channel_id": _TEXT}),
    "color": _element({"value": _TEXT}),
    "date": _element({"timestamp": number, "format": _TEXT}, url=_TEXT, fallback=_TEXT),
    "emoji": _element({"name": _TEXT}, unicode=_TEXT, url=_TEXT, skin_tone=number),
    "link": _element({"url": _TEXT}, text=string(40_000, least=0), unsafe=boolean),
    "team": _element({"team_id": _TEXT}),
    "text": _element({"text": _TEXT}),
    "user": _element({"user_id": _TEXT}),
    "usergroup": _element({"usergroup_id": _TEXT}),
}
_OF_CLIENTS = (
    "attachment_mention", "canvas", "canvas_user_mention", "canvas_message_unfurl", "citation",
    "file", "list_record", "message_mention", "salesforce_data_field", "tag",
    "work_object_mention", "workflow_mention",
)  # fmt: skip

_MANY = 10_000
"""No page gives a number; a message's text ends earlier."""
_WORDS = items(by_type(_ELEMENTS | dict.fromkeys(_OF_CLIENTS, anything)), _MANY, least=0)
_SECTION = shape({"elements": _WORDS})

PARTS = items(
    by_type(
        {
            "rich_text_section": _SECTION,
            "rich_text_list": shape(
                {
                    "style": one_of("bullet", "ordered"),
                    "elements": items(by_type({"rich_text_section": _SECTION}), _MANY, least=0),
                },
                {"indent": number, "offset": number, "border": number},
            ),
            "rich_text_preformatted": shape(
                {"elements": _WORDS}, {"border": number, "language": _TEXT}
            ),
            "rich_text_quote": shape({"elements": _WORDS}, {"border": number}),
        }
    ),
    _MANY,
)
"""The `elements` of a `rich_text` block."""
