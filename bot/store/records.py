"""Encodes requests as Redis keeps them: JSON with a schema number, without default values."""

import dataclasses
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from bot.domain import errors
from bot.domain.automatic import AutomaticVideo
from bot.domain.ledger import Entry
from bot.domain.line_problems import CancelledInLine, StartedMeanwhile, WaitedInVain
from bot.domain.looking import AskAboutPicture, NotAPicture
from bot.domain.notice import Upload
from bot.domain.request import (
    Generation,
    GenerationState,
    Order,
    Origin,
    Request,
    Selection,
    State,
)
from bot.domain.take import Take
from bot.domain.take_problems import NoSuchTake, OneSequence
from bot.domain.which_sequence import WhichSequence
from bot.store.errors import UnreadableRecordError

Record = TypeVar("Record")

SCHEMA = 1
"""Raise it when the code of before can no longer read a record."""

STORED = {
    "origin": "asked",
    "user": "by",
    "order": "wish",
    "selection": "pick",
    "generations": "takes",
    "generation_id": "generation",
    "error_polls": "strikes",
    "IACreaUnavailable": "Trouble",
}
"""Names in a record of fields and problems that the first release called otherwise."""

KEPT = 7 * 24 * 3600
"""Seconds for which an ended request is kept. Slack's last redelivery comes after 24 hours."""


def encode(request: Request) -> str:
    """Returns the record: its version, a space, then JSON. The scripts compare the version."""
    fields = stored_fields(request) | {
        "schema": SCHEMA,
        "asked": stored_fields(request.origin),
        "wish": stored_fields(request.order) | {"pick": stored_fields(request.order.selection)},
    }
    if request.generations:
        fields["takes"] = [stored_fields(each) for each in request.generations]
    if request.problem is not None:
        kind = type(request.problem).__name__
        fields["problem"] = {"kind": STORED.get(kind, kind), **stored_fields(request.problem)}
    return versioned(fields, request.version)


def decode(request_id: str, text: str) -> Request:
    """Returns the request that `encode` wrote, also in a release with more or fewer fields.

    Raises:
        UnreadableRecordError: it is damaged, or of a schema that this release does not know.
    """
    return read_versioned(request_id, text, SCHEMA, _request)


def stands(text: str, state: State) -> bool:
    """Returns whether a request's record is in that state, in a hundredth of what `decode` takes.

    Of the first state, which is not written, it says nothing.
    """
    # In what people typed, the quotation marks are escaped.
    return f'"state":"{state}"' in text


def encode_entry(entry: Entry) -> str:
    """Returns an entry of the ledger as text; `save.lua` reads `credits` in it."""
    return json.dumps(stored_fields(entry), separators=(",", ":"), ensure_ascii=False)


def decode_entry(text: str) -> Entry:
    """Returns the entry that `encode_entry` wrote, also in a release with more fields.

    Raises:
        UnreadableRecordError: it is damaged.
    """
    try:
        fields = json.loads(text)
        words: dict[str, Any] = {name: str(fields[name]) for name in _ENTRYS_WORDS}
        effect, cost = fields.get("effect"), fields.get("credits")
        return Entry(
            **words,
            outcome=GenerationState(fields["outcome"]),
            at=float(fields["at"]),
            position=int(fields["position"]),
            effect=None if effect is None else str(effect),
            credits=None if cost is None else float(cost),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableRecordError(f"an entry is damaged ({type(error).__name__})") from None


def encode_take(take: Take) -> str:
    """Returns a take as text: an entry of the ledger, and what is known besides."""
    fields = stored_fields(take.entry) | stored_fields(take)
    del fields["entry"]
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False)


def decode_take(text: str) -> Take:
    """Returns the take that `encode_take` wrote, also in a release with more fields.

    Raises:
        UnreadableRecordError: it is damaged.
    """
    entry = decode_entry(text)
    fields = json.loads(text)
    links: dict[str, Any] = {
        name: str(fields[name]) for name in _TAKES_WORDS if fields.get(name) is not None
    }
    return Take(entry, watched=fields.get("watched") is True, **links)


def encode_ids(ids: Iterable[str]) -> str:
    """Returns ids as text. JSON, since an id may hold any character that could separate them."""
    return json.dumps(list(ids), separators=(",", ":"), ensure_ascii=False)


def decode_ids(text: str) -> tuple[str, ...]:
    """Returns the ids that `encode_ids` wrote, in their order."""
    return tuple(map(str, json.loads(text)))


def _request(fields: dict[str, Any]) -> Request:
    order = fields["wish"]
    selection = Selection(**known_fields(Selection, order["pick"]))
    return Request(
        **known_fields(Request, fields)
        | {
            "origin": Origin(**known_fields(Origin, fields["asked"])),
            "order": Order(**known_fields(Order, order) | {"selection": selection}),
            "state": State(fields.get("state", State.ACCEPTED)),
            "upload": Upload(fields.get("upload", Upload.NONE)),
            "generations": tuple(_generation(each) for each in fields.get("takes", ())),
            "problem": _problem(fields.get("problem")),
        }
    )


def _generation(fields: dict[str, Any]) -> Generation:
    state = GenerationState(fields.get("state", GenerationState.WAITING))
    return Generation(**known_fields(Generation, fields) | {"state": state})


def versioned(fields: dict[str, Any], version: int) -> str:
    """Returns a record as text: its version, a space, then the fields as JSON."""
    body = {name: each for name, each in fields.items() if name not in {"id", "version"}}
    return f"{version} {json.dumps(body, separators=(',', ':'), ensure_ascii=False)}"


def read_versioned(
    record_id: str, text: str, schema: int, read: Callable[[dict[str, Any]], Record]
) -> Record:
    """Returns what `read` makes of the fields that `versioned` wrote, with id and version.

    Raises:
        UnreadableRecordError: it is damaged, or of a newer schema than `schema`.
    """
    try:
        version, _, body = text.partition(" ")
        fields = json.loads(body)
        if fields["schema"] > schema:
            raise UnreadableRecordError(f"{record_id} was written by a newer release")
        return read(fields | {"id": record_id, "version": int(version)})
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableRecordError(f"{record_id} is damaged ({type(error).__name__})") from None


def stored_fields(value: Any) -> dict[str, Any]:
    """Returns the fields of a dataclass by their names in a record, without default values."""
    pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
    return {
        STORED.get(field.name, field.name): each for field, each in pairs if each != field.default
    }


def known_fields(kind: type, fields: dict[str, Any]) -> dict[str, Any]:
    """Returns what `stored_fields` wrote as arguments for `kind`, as far as it takes them."""
    names = {STORED.get(name, name): name for name in _names(kind)}
    return {
        names[key]: tuple(each) if isinstance(each, list) else each
        for key, each in fields.items()
        if key in names
    }


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _problem(fields: dict[str, Any] | None) -> errors.UserError | None:
    if fields is None:
        return None
    kind = _PROBLEMS[fields["kind"]]
    return kind(**known_fields(kind, fields))


def _kinds(base: type[errors.UserError]) -> dict[str, type[errors.UserError]]:
    found = {STORED.get(base.__name__, base.__name__): base}
    for kind in base.__subclasses__():
        found |= _kinds(kind)
    return found


_TAKES_WORDS = tuple(name for name in _names(Take) if name not in {"entry", "watched"})
_ENTRYS_WORDS = ("request", "by", "channel", "video", "sequence")
# By name, since `__subclasses__` knows only those that somebody has imported by now.
_FURTHER = (
    WhichSequence,
    AutomaticVideo,
    WaitedInVain,
    CancelledInLine,
    StartedMeanwhile,
    NotAPicture,
    AskAboutPicture,
    OneSequence,
    NoSuchTake,
)
"""Problems that are not in `domain.errors`."""
_PROBLEMS = _kinds(errors.UserError) | {kind.__name__: kind for kind in _FURTHER}
