"""How much a message may hold in sum, beside the limits of its parts; pure.

No page gives a number for either of these two.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from sandbox.slack.block_kit import unrolled
from sandbox.slack.records import JSON

MOST_TEXT = 13_200
"""Characters of all texts of a message's blocks together, with `CONTAINER` for each block.

Measured by others, and told in slackapi/bolt-js#2509 and #2867: refused from 13,298 characters in
one block, from 13,173 in two, and at 11,341 in 45; accepted at 9,597 in 50. The rule fits them all
to one in a hundred, on the strict side.
"""
CONTAINER = 60

MOST_METADATA = 8_000
"""Bytes of metadata as JSON. `metadata_too_large` has no number; this is what one public app keeps
to."""

_EVENT_TYPE = re.compile(r"[A-Za-z0-9_-]+")


def blocks_too_long(blocks: Sequence[JSON]) -> bool:
    """Whether Slack would refuse them as `msg_blocks_too_long`."""
    return _texts(list(blocks)) + CONTAINER * sum(1 for _ in unrolled(blocks)) > MOST_TEXT


def metadata_too_large(metadata: JSON) -> bool:
    """Whether Slack would refuse it by that name."""
    return len(json.dumps(metadata, ensure_ascii=False).encode()) > MOST_METADATA


def is_event_type(name: str) -> bool:
    """Letters, digits, underscores and hyphens: docs.slack.dev/messaging/message-metadata."""
    return _EVENT_TYPE.fullmatch(name) is not None


def _texts(part: Any) -> int:
    if isinstance(part, list):
        return sum(map(_texts, part))
    if not isinstance(part, dict):
        return 0
    return sum(
        len(each) if name == "text" and isinstance(each, str) else _texts(each)
        for name, each in part.items()
    )
