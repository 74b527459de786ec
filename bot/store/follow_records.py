"""Encodes follows as Redis keeps them: JSON with a schema number, without default values."""

from typing import Any

from bot.domain.follow import Failing, Follow, FollowEnd, FollowState
from bot.domain.request import Origin
from bot.store.records import known_fields, read_versioned, stored_fields, versioned

SCHEMA = 1
"""Raise it when the code of before can no longer read a record."""


def encode_follow(follow: Follow) -> str:
    """Returns the record: its version, a space, then JSON. `follow.lua` compares the version."""
    fields = stored_fields(follow) | {
        "schema": SCHEMA,
        "asked": stored_fields(follow.origin),
        "failing": [stored_fields(each) for each in follow.failing],
    }
    return versioned(fields, follow.version)


def decode_follow(follow_id: str, text: str) -> Follow:
    """Returns the follow that `encode_follow` wrote, also in a release with other fields.

    Raises:
        UnreadableRecordError: it is damaged, or of a schema that this release does not know.
    """
    return read_versioned(follow_id, text, SCHEMA, _follow)


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
