"""Encodes follows as Redis keeps them: JSON with a schema number, without default values."""

import json
from typing import Any

from bot.domain.follow import Failing, Follow, FollowEnd, FollowState
from bot.domain.request import Origin
from bot.store.errors import UnreadableRecordError
from bot.store.records import known_fields, stored_fields

SCHEMA = 1
"""Raise it when the code of before can no longer read a record."""


def encode_follow(follow: Follow) -> str:
    """Returns the record: its version, a space, then JSON. `follow.lua` compares the version."""
    fields = stored_fields(follow) | {
        "schema": SCHEMA,
        "asked": stored_fields(follow.origin),
        "failing": [stored_fields(each) for each in follow.failing],
    }
    body = {name: each for name, each in fields.items() if name not in {"id", "version"}}
    return f"{follow.version} {json.dumps(body, separators=(',', ':'), ensure_ascii=False)}"


def decode_follow(follow_id: str, text: str) -> Follow:
    """Returns the follow that `encode_follow` wrote, also in a release with other fields.

    Raises:
        UnreadableRecordError: it is damaged, or of a schema that this release does not know.
    """
    try:
        version, _, body = text.partition(" ")
        fields = json.loads(body)
        if fields["schema"] > SCHEMA:
            raise UnreadableRecordError(f"{follow_id} was written by a newer release")
        return _follow(fields | {"id": follow_id, "version": int(version)})
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableRecordError(f"{follow_id} is damaged ({type(error).__name__})") from None


def _follow(fields: dict[str, Any]) -> Follow:
    end = fields.get("end")
    failing = (Failing(**known_fields(Failing, each)) for each in fields.get("failing", ()))
    return Follow(
        **known_fields(Follow, fields)
        | {
            "origin": Origin(**known_fields(Origin, fields["asked"])),
            "state": FollowState(fields.get("state", FollowState.ACCEPTED)),
            "end": None if end is None else FollowEnd(end),
            "failing": tuple(failing),
        }
    )
