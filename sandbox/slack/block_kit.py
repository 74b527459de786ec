"""What Slack accepts as blocks, modals and Home views; pure.

Limits: https://docs.slack.dev/reference/block-kit/blocks and /reference/views. Known: section,
header, divider, image, context, actions, input, markdown, card and carousel (messages and Home),
alert (modals), and rich_text. Any other block that Slack has is
answered with NotSimulatedError, so that nobody takes it for checked.
"""

import copy
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from sandbox.slack.elements import (
    ACCESSORY,
    ACTION_ELEMENT,
    ALT_TEXT,
    BUTTON,
    CONTEXT_ELEMENT,
    IDENTIFIER,
    INPUT_ELEMENT,
    PICTURE,
    URL,
    any_text,
    plain_text,
)
from sandbox.slack.not_simulated import BLOCKS
from sandbox.slack.records import JSON
from sandbox.slack.rich_text_shape import PARTS
from sandbox.slack.schema import (
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

# This workspace is on loopback, and could load what another simulator serves there.
_LOADABLE = ("https://", "http://127.0.0.1:")


def _block(required: dict[str, Check], **optional: Check) -> Check:
    return shape(required, {"block_id": IDENTIFIER, **optional})


def _section_says_something(block: Any, where: str) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield fault("missing required field: text", where)


def _card_shows_something(block: Any, where: str) -> Iterator[str]:
    if not {"hero_image", "title", "actions", "body"} & set(block):
        yield fault("must provide hero_image, title, actions or body", where)


_EVERYWHERE: dict[str, Check] = {
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
        _block({"alt_text": ALT_TEXT}, image_url=URL, slack_file=anything, title=plain_text(2000)),
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
    "rich_text": _block({"elements": PARTS}),
}

_CARD = both(
    _block(
        {},
        hero_image=PICTURE,
        icon=PICTURE,
        title=any_text(150),
        subtitle=any_text(150),
        body=any_text(200),
        subtext=any_text(200),
        actions=items(BUTTON, 3),
    ),
    _card_shows_something,
)
_CARDS: dict[str, Check] = {
    "card": _CARD,
    "carousel": _block({"elements": items(by_type({"card": _CARD}), 10)}),
}

# https://docs.slack.dev/reference/block-kit/blocks says of each block where it may stand.
_BLOCK = by_type(_EVERYWHERE | _CARDS, beyond=BLOCKS)
_MODAL_BLOCK = by_type(
    _EVERYWHERE
    | {
        "alert": _block(
            {"text": any_text(200)},
            level=one_of("default", "info", "warning", "error", "success"),
        )
    },
    beyond=BLOCKS,
)

_VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}

_VIEW = by_type(
    {
        "modal": shape(
            {"title": plain_text(24), "blocks": items(_MODAL_BLOCK, VIEW_BLOCKS, least=0)},
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
    """Returns every reason for which Slack would refuse these blocks in a message.

    Args:
        blocks: what the app sent.
        bad_images: addresses of pictures that cannot be loaded.
    """
    faults = list(items(_BLOCK, MESSAGE_BLOCKS, least=0)(blocks, "/blocks"))
    # Both look into the blocks, so these have to be well formed first.
    return faults or [*_ids_repeated(blocks, "/blocks"), *_unloaded(blocks, "/blocks", bad_images)]


def view_faults(view: Any, kind: str, *, bad_images: Collection[str] = ()) -> list[str]:
    """Returns every reason for which Slack would refuse this view.

    `kind` is `modal` or `home`.
    """
    faults = list(both(_VIEW, _of_kind(kind))(view, "/view"))
    if faults:
        return faults
    blocks = view["blocks"]
    where = "/view/blocks"
    found = [*_ids_repeated(blocks, where), *_unloaded(blocks, where, bad_images)]
    # A modal whose fields nobody could send off is refused: reference/views, `submit`.
    if kind == "modal" and "submit" not in view and any(b["type"] == "input" for b in blocks):
        found.append(fault("missing required field: submit", "/view"))
    return found


def _of_kind(kind: str) -> Check:
    """Requires a view of this kind."""

    def check(view: Any, where: str) -> Iterator[str]:
        if isinstance(view, dict):
            yield from one_of(kind)(view.get("type"), f"{where}/type")

    return check


def is_too_large(view: JSON) -> bool:
    """Whether a view exceeds what Slack stores."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def elements_of(block: JSON) -> list[JSON]:
    """Returns the elements of a block that somebody can press, choose or type into."""
    if block["type"] == "actions":
        return list(block["elements"])
    if block["type"] == "card":
        return list(block.get("actions", ()))
    single = block.get("accessory") or block.get("element")
    return [single] if single and single["type"] != "image" else []


def unrolled(blocks: Iterable[JSON]) -> Iterator[JSON]:
    """Yields the blocks, and after each carousel its cards: cards are blocks of their own."""
    return (block for _, block in _placed(blocks, ""))


def _placed(blocks: Iterable[JSON], where: str) -> Iterator[tuple[str, JSON]]:
    """Yields the same blocks, each with the JSON pointer to it."""
    for index, block in enumerate(blocks):
        yield f"{where}/{index}", block
        if block["type"] == "carousel":
            yield from _placed(block["elements"], f"{where}/{index}/elements")


def cards_among(blocks: Iterable[JSON], where: str) -> list[str]:
    """Returns what a workspace says that does not know cards and carousels yet."""
    return [
        fault(f"unsupported type: {block['type']}", f"{where}/{index}/type")
        for index, block in enumerate(blocks)
        if block["type"] in _CARDS
    ]


def with_ids(blocks: Sequence[JSON], new_id: Callable[[], str]) -> tuple[JSON, ...]:
    """Returns a copy in which each block and element has an id, as Slack gives it one."""
    named = copy.deepcopy(list(blocks))
    for block in unrolled(named):
        block.setdefault("block_id", new_id())
        for element in elements_of(block):
            element.setdefault("action_id", new_id())
    return tuple(named)


def _ids_repeated(blocks: Sequence[JSON], where: str) -> Iterator[str]:
    """Finds block ids that repeat in a message or view, and action ids that repeat in a block."""
    seen: set[str] = set()
    for pointer, block in _placed(blocks, where):
        block_id = block.get("block_id")
        if block_id in seen:
            yield fault(f"block_id already exists: {block_id}", f"{pointer}/block_id")
        seen.update([block_id] if block_id else [])
        actions = [e["action_id"] for e in elements_of(block) if "action_id" in e]
        if len(actions) != len(set(actions)):
            yield fault("action_id already exists in this block", pointer)


def _unloaded(blocks: Sequence[JSON], where: str, bad_images: Collection[str]) -> Iterator[str]:
    """Finds pictures that Slack could not load: of image blocks, and hero images of cards."""
    # Slack loads these before it accepts the message, so one bad picture refuses it all.
    for pointer, block in _placed(blocks, where):
        for shown, at in ((block, pointer), (block.get("hero_image", {}), f"{pointer}/hero_image")):
            url = shown.get("image_url")
            if url is not None and (not url.startswith(_LOADABLE) or url in bad_images):
                yield fault("downloading image failed", f"{at}/image_url")
