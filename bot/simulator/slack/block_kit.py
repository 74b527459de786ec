"""What Slack accepts as blocks, modals and Home views; pure.

Limits: https://docs.slack.dev/reference/block-kit/blocks and /reference/views. Known: section,
header, divider, image, context, actions, input, markdown, and rich_text, which is not looked
into. Any other block is refused, so that nobody takes it for checked.
"""

import copy
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from bot.simulator.slack.elements import (
    ACCESSORY,
    ACTION_ELEMENT,
    ALT_TEXT,
    CONTEXT_ELEMENT,
    IDENTIFIER,
    INPUT_ELEMENT,
    URL,
    any_text,
    plain_text,
)
from bot.simulator.slack.records import JSON
from bot.simulator.slack.schema import (
    Check,
    anything,
    boolean,
    both,
    by_type,
    exactly_one,
    fault,
    items,
    one_of,
    shape,
    string,
)

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
"""A view is at most 250 kB: methods/views.open."""


def _block(required: dict[str, Check], **optional: Check) -> Check:
    return shape(required, {"block_id": IDENTIFIER, **optional})


def _section_says_something(block: Any, where: str) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield fault("missing required field: text", where)


_BLOCK = by_type(
    {
        "section": both(
            _block(
                {},
                text=any_text(3000),
                fields=items(any_text(2000), 10),
                accessory=ACCESSORY,
                expand=boolean,
            ),
            _section_says_something,
        ),
        "header": _block({"text": plain_text(150)}),
        "divider": _block({}),
        "image": both(
            _block(
                {"alt_text": ALT_TEXT}, image_url=URL, slack_file=anything, title=plain_text(2000)
            ),
            exactly_one("image_url", "slack_file"),
        ),
        "context": _block({"elements": items(CONTEXT_ELEMENT, 10)}),
        "actions": _block({"elements": items(ACTION_ELEMENT, 25)}),
        "input": _block(
            {"label": plain_text(2000), "element": INPUT_ELEMENT},
            hint=plain_text(2000),
            optional=boolean,
            dispatch_action=boolean,
        ),
        "markdown": _block({"text": string(12_000)}),
        "rich_text": _block({"elements": anything}),
    }
)

_VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}

_VIEW = by_type(
    {
        "modal": shape(
            {"title": plain_text(24), "blocks": items(_BLOCK, VIEW_BLOCKS, least=0)},
            {
                **_VIEW_FIELDS,
                "submit": plain_text(24),
                "close": plain_text(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
        "home": shape({"blocks": items(_BLOCK, VIEW_BLOCKS, least=0)}, _VIEW_FIELDS),
    }
)


def message_faults(blocks: Any, *, bad_images: Collection[str] = ()) -> list[str]:
    """Every reason Slack would refuse these blocks in a message for.

    Args:
        blocks: what the app sent.
        bad_images: addresses of pictures that cannot be loaded.
    """
    faults = list(items(_BLOCK, MESSAGE_BLOCKS, least=0)(blocks, "/blocks"))
    return faults or [*_ids_repeated(blocks, "/blocks"), *_unloaded(blocks, "/blocks", bad_images)]


def view_faults(view: Any, kind: str, *, bad_images: Collection[str] = ()) -> list[str]:
    """Every reason Slack would refuse this view for; `kind` is `modal` or `home`."""
    faults = list(both(_VIEW, _of_kind(kind))(view, "/view"))
    if faults:
        return faults
    blocks = view["blocks"]
    where = "/view/blocks"
    found = [*_ids_repeated(blocks, where), *_unloaded(blocks, where, bad_images)]
    if kind == "modal" and "submit" not in view and any(b["type"] == "input" for b in blocks):
        found.append(fault("missing required field: submit", "/view"))
    return found


def _of_kind(kind: str) -> Check:
    """A view of this kind."""

    def check(view: Any, where: str) -> Iterator[str]:
        if isinstance(view, dict):
            yield from one_of(kind)(view.get("type"), f"{where}/type")

    return check


def is_too_large(view: JSON) -> bool:
    """Whether a view exceeds what Slack stores."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def elements_of(block: JSON) -> list[JSON]:
    """The elements of a block that somebody can press, choose or type into."""
    if block["type"] == "actions":
        return list(block["elements"])
    single = block.get("accessory") or block.get("element")
    return [single] if single and single["type"] != "image" else []


def with_ids(blocks: Sequence[JSON], new_id: Callable[[], str]) -> tuple[JSON, ...]:
    """A copy in which each block and element has an id, as Slack gives one where it lacks."""
    named = copy.deepcopy(list(blocks))
    for block in named:
        block.setdefault("block_id", new_id())
        for element in elements_of(block):
            element.setdefault("action_id", new_id())
    return tuple(named)


def _ids_repeated(blocks: Sequence[JSON], where: str) -> Iterator[str]:
    """Block ids are unique in a message or view, action ids within their block."""
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield fault(f"block_id already exists: {block_id}", f"{where}/{index}/block_id")
        seen.update([block_id] if block_id else [])
        actions = [e["action_id"] for e in elements_of(block) if "action_id" in e]
        if len(actions) != len(set(actions)):
            yield fault("action_id already exists in this block", f"{where}/{index}")


def _unloaded(blocks: Sequence[JSON], where: str, bad_images: Collection[str]) -> Iterator[str]:
    """Slack loads the picture of an image block before it accepts it; no other picture."""
    for index, block in enumerate(blocks):
        url = block.get("image_url")
        if url is not None and (not url.startswith("https://") or url in bad_images):
            yield fault("downloading image failed", f"{where}/{index}/image_url")
