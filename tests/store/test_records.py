"""Records: what is written is read again, by this release and by those around it."""

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import AskFirst, NoCredits, NotAllowed
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
from bot.store.errors import UnreadableRecordError
from bot.store.records import (
    SCHEMA,
    STORED,
    decode,
    decode_ids,
    encode,
    encode_ids,
    stands,
)
from tests.domain.strategies import requests

ASKED = Origin("U1", "C1", at=1_700_000_000.0)
SMALLEST = Request("request-1", ASKED, Order("video-1", Selection((2,))))
UUID = "550e8400-e29b-41d4-a716-44665544000"

SCHEMA_1 = (
    '7 {"asked":{"by":"U1","channel":"C1","at":1700000000.25,"thread":"1.2","response_url":'
    '"https://hooks.slack.com/commands/T/1/x"},"wish":{"video":"video-1","pick":{"positions":[2,3],'
    '"ids":["sequence-9"],"failed":true},"effect":"CAMERA_PUSH_IN","image":"https://e.com/ä.jpg",'
    '"agreed":["several"],"over":"request-0","watch":true},"state":"ended","sequences":5,"video_status":"DONE",'
    '"tries":2,"posting":true,"message":"1.3","reply":"1.4","reply_lost":true,'
    '"deadline":1700001800.5,"ended_at":1700000090.5,"video_url":"https://e.com/v.mp4","credits_left":41.5,"schema":1,'
    '"takes":[{"sequence":"sequence-2","position":2,"status":"success","effect":"AUTO_REVERSE",'
    '"url":"https://e.com/2.jpg","state":"not started","sent_at":1700000005.5,"moved":true,'
    '"strikes":1,"generation":"g1","new_url":"https://e.com/3.jpg","credits_used":1.5}],'
    '"problem":{"kind":"AskFirst","reasons":["several"],"positions":[1,2,3],"pending":[2]}}'
)
"""Written by the first release. Every later one has to read it; do not change it."""

ADDED = (
    '1 {"asked":{"by":"U1","channel":"C1","at":1700000000.0,"open_thread":"1.2","teams":["T1"],'
    '"view":"v1"},"wish":{"video":"video-1","pick":{"positions":[2]},"called":"Kitchen",'
    '"instead":"video-2","most":57,"since":1700000070.5,"after_render":true,'
    '"pixels":[1600,900]},"state":"told",'
    '"takes":[{"sequence":"s1","position":2,"status":"success","room":"KITCHEN"}],'
    '"stood":2,"throttled":3,"posting_at":1700000080.5,"repeated":true,"told_privately":true,'
    '"problem":{"kind":"NotAllowed","person":false,"channels":["C1"],"admins":["U9"],'
    '"why":"guest"},"name":"kitchen","stopped_by":"U2","superseded_by":"request-2",'
    '"faded":true,"upload":"sharing","file":"F1","file_link":"https://acme.slack.com/files/U1/F1/v.mp4",'
    '"schema":1}'
)
"""With every field that was added to a request since then, under the same schema."""


def body(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(text.partition(" ")[2])
    return fields


def with_body(fields: dict[str, Any], version: str = "1") -> str:
    return f"{version} {json.dumps(fields)}"


@given(requests())
def test_every_request_is_read_as_it_was_written(request):
    again = decode(request.id, encode(request))

    assert again == request
    assert type(again.state) is State  # a plain text equals it, but is none of its members
    assert {type(each.state) for each in again.generations} == {GenerationState}


@pytest.mark.parametrize("version", [1, 2, 1000])
def test_a_record_begins_with_its_version_for_the_scripts(version):
    assert encode(replace(SMALLEST, version=version)).startswith(f"{version} {{")


def test_a_record_of_the_first_schema_is_read_for_ever():
    assert decode("request-1", SCHEMA_1) == Request(
        "request-1",
        replace(
            ASKED,
            at=1700000000.25,
            thread="1.2",
            response_url="https://hooks.slack.com/commands/T/1/x",
        ),
        Order(
            "video-1",
            Selection((2, 3), ("sequence-9",), failed=True),
            effect="CAMERA_PUSH_IN",
            image="https://e.com/ä.jpg",
            agreed=("several",),
            over="request-0",
            watch=True,
        ),
        state=State.ENDED,
        version=7,
        generations=(
            Generation(
                "sequence-2", 2, "success", "AUTO_REVERSE", "https://e.com/2.jpg",
                GenerationState.NOT_STARTED, 1700000005.5, True, 1, "g1",
                "https://e.com/3.jpg", 1.5,
            ),
        ),
        sequences=5,
        video_status="DONE",
        tries=2,
        posting=True,
        message="1.3",
        reply="1.4",
        reply_lost=True,
        problem=AskFirst(("several",), (1, 2, 3), (2,)),
        deadline=1700001800.5,
        ended_at=1700000090.5,
        video_url="https://e.com/v.mp4",
        credits_left=41.5,
    )  # fmt: skip


def stored(kind: type) -> set[str]:
    return {STORED.get(name, name) for name in kind.__dataclass_fields__}


def test_the_first_schema_and_what_was_added_since_are_all_fields_there_are():
    first = {*body(SCHEMA_1), "id", "version"}
    assert first | {*body(ADDED)} == {*stored(Request), "schema"}
    assert {*body(SCHEMA_1)["takes"][0], *body(ADDED)["takes"][0]} == stored(Generation)
    assert {*body(SCHEMA_1)["wish"], *body(ADDED)["wish"]} == stored(Order)
    assert {*body(SCHEMA_1)["asked"], *body(ADDED)["asked"]} == stored(Origin)


@given(requests(), st.sampled_from(sorted({*State} - {State.ACCEPTED})))
def test_the_state_of_a_record_is_known_before_it_is_read(request, state):
    asked = replace(request, name=f'"state":"{state}"')

    assert stands(encode(asked), state) == (request.state is state)


def test_what_was_added_since_is_read_as_it_was_written():
    request = Request(
        "request-1",
        replace(ASKED, open_thread="1.2", teams=("T1",), view="v1"),
        Order(
            "video-1",
            Selection((2,)),
            called="Kitchen",
            instead="video-2",
            most=57,
            since=1_700_000_070.5,
            after_render=True,
            pixels=(1600, 900),
        ),
        state=State.TOLD,
        generations=(Generation("s1", 2, "success", room="KITCHEN"),),
        stood=2,
        throttled=3,
        posting_at=1_700_000_080.5,
        repeated=True,
        told_privately=True,
        name="kitchen",
        stopped_by="U2",
        superseded_by="request-2",
        faded=True,
        upload=Upload.SHARING,
        file="F1",
        file_link="https://acme.slack.com/files/U1/F1/v.mp4",
        problem=NotAllowed(person=False, channels=("C1",), admins=("U9",), why="guest"),
    )
    assert encode(request) == ADDED
    assert (again := decode("request-1", ADDED)) == request
    assert type(again.upload) is Upload


@given(requests())
def test_what_a_newer_release_adds_is_passed_over(request):
    fields = body(encode(request)) | {"new": [1, {"deep": None}]}
    for part in (fields["asked"], fields["wish"], fields["wish"]["pick"], *fields.get("takes", ())):
        part["new"] = {"deep": [1]}
    if "problem" in fields:
        fields["problem"]["new"] = True

    assert decode(request.id, with_body(fields, str(request.version))) == request


def test_what_is_at_its_default_is_left_out():
    assert body(encode(replace(SMALLEST, version=3))) == {
        "schema": SCHEMA,
        "asked": {"by": "U1", "channel": "C1", "at": 1_700_000_000.0},
        "wish": {"video": "video-1", "pick": {"positions": [2]}},
    }


def test_a_typical_pending_record_is_small():
    link = "https://cdn.iacrea.com/".ljust(90, "a")
    origin = replace(ASKED, user="U0123456789", channel="C0123456789", response_url=link)
    generation = Generation(
        f"{UUID}2", 2, "success", "CAMERA_PUSH_IN", link, GenerationState.RUNNING, 1.7e9 + 5.123456,
        moved=True, generation_id=f"{UUID}3", credits_used=1.0,
    )  # fmt: skip
    pending = Request(
        "0123456789abcdef0123",
        origin,
        Order(f"{UUID}1", Selection((2,)), "CAMERA_PUSH_OUT", image=link),
        state=State.PENDING,
        version=6,
        generations=(generation,),
        sequences=5,
        video_status="DONE",
        message="1700000001.000100",
        deadline=1.7e9 + 1805.123456,
        credits_left=41.0,
    )

    assert len(encode(pending).encode()) <= 900


@given(requests(), st.data())
def test_a_record_that_was_cut_is_unreadable_and_not_repeated(request, data):
    text = encode(request)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]

    with pytest.raises(UnreadableRecordError) as unreadable:
        decode("request-1", cut)

    assert str(unreadable.value).startswith("request-1 is damaged")
    assert len(str(unreadable.value)) < 60
    assert unreadable.value.__cause__ is None
    assert unreadable.value.__suppress_context__


values = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from([*body(SCHEMA_1)]), values)
def test_a_record_with_a_part_of_another_kind_is_read_or_unreadable(name, value):
    fields = body(SCHEMA_1) | {name: value}

    with contextlib.suppress(UnreadableRecordError):
        assert isinstance(decode("request-1", with_body(fields)), Request)


@pytest.mark.parametrize(
    "text",
    ["", " ", "1", "1 ", "1 null", "1 []", "1 {}", "x {}", '1 {"schema":1}', "1 " + "[" * 100_000],
)
def test_what_is_no_record_is_unreadable(text):
    with pytest.raises(UnreadableRecordError):
        decode("request-1", text)


@pytest.mark.parametrize("missing", ["asked", "wish", "schema"])
def test_a_record_without_what_it_needs_is_unreadable(missing):
    fields = body(SCHEMA_1)
    del fields[missing]

    with pytest.raises(UnreadableRecordError):
        decode("request-1", with_body(fields))


@pytest.mark.parametrize("problem", [{}, {"kind": "Unheard"}, {"kind": "UserError"}, "NoCredits"])
def test_a_record_with_an_unknown_problem_is_unreadable(problem):
    with pytest.raises(UnreadableRecordError):
        decode("request-1", with_body(body(SCHEMA_1) | {"problem": problem}))


def test_a_record_of_a_newer_schema_is_unreadable_and_says_so():
    with pytest.raises(UnreadableRecordError, match="written by a newer release"):
        decode("request-1", with_body(body(SCHEMA_1) | {"schema": SCHEMA + 1}))


def test_a_secret_in_a_damaged_record_is_not_shown():
    text = encode(replace(SMALLEST, problem=NoCredits("hunter2")))[:-1]

    with pytest.raises(UnreadableRecordError) as unreadable:
        decode("request-1", text)

    assert "hunter2" not in repr(unreadable.value)


@given(st.lists(st.text(min_size=1), max_size=9))
def test_ids_come_back_one_by_one_whatever_is_in_them(ids):
    assert list(decode_ids(encode_ids(ids))) == ids
