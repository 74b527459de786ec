"""mrkdwn as a tree of nodes: nothing of a message can become markup of the page."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.page.mrkdwn import Node, emojized, nodes, typed
from sandbox.slack.page.texts import readable


def text(words: str) -> Node:
    return {"is": "text", "text": words}


def bold(*of: Node) -> Node:
    return {"is": "bold", "of": list(of)}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", []),
        ("*push out*.", [bold(text("push out")), text(".")]),
        ("2*3*4", [text("2*3*4")]),
        ("snake_case_name", [text("snake_case_name")]),
        (
            "_a_ ~b~",
            [{"is": "italic", "of": [text("a")]}, text(" "), {"is": "strike", "of": [text("b")]}],
        ),
        ("*see `x`*", [bold(text("see "), {"is": "code", "text": "x"})]),
        ("`*&lt;video&gt;*`", [{"is": "code", "text": "*<video>*"}]),
        ("<@U1> <@U1|anna>", [{"is": "user", "id": "U1"}, text(" "), {"is": "user", "id": "U1"}]),
        ("<#C1|listings>", [{"is": "channel", "id": "C1"}]),
        ("<!here>", [{"is": "broadcast", "name": "here"}]),
        ("<!subteam^S1|@team>", [{"is": "broadcast", "name": "team"}]),
        (
            "<https://a.example?a=1&amp;b=2>",
            [
                {
                    "is": "link",
                    "href": "https://a.example?a=1&b=2",
                    "of": [text("https://a.example?a=1&b=2")],
                },
            ],
        ),
        (
            "<mailto:a@b.example|write>",
            [
                {"is": "link", "href": "mailto:a@b.example", "of": [text("write")]},
            ],
        ),
        ("&amp;lt; 1", [text("&lt; 1")]),
        (
            "a\n&gt; b\n&gt; *c*\nd",
            [
                text("a\n"),
                {"is": "quote", "of": [text("b\n"), bold(text("c"))]},
                text("d"),
            ],
        ),
        ("x\n```\na *b*\n&lt;c&gt;\n```", [text("x\n"), {"is": "pre", "text": "a *b*\n<c>"}]),
        (":tada: :no_such_one:", [text("🎉 :no_such_one:")]),
        ("*one\ntwo*", [text("*one\ntwo*")]),
    ],
)
def test_markup_becomes_nodes(written: str, shown: list[Node]) -> None:
    assert nodes(written) == shown


def test_a_date_keeps_its_format_for_the_reader_to_show() -> None:
    assert nodes("<!date^1795490428^{date_short} at {time}^https://a.example|03:20 UTC>") == [
        {
            "is": "date",
            "at": 1795490428,
            "format": "{date_short} at {time}",
            "href": "https://a.example",
            "else": "03:20 UTC",
        }
    ]


def literal(node: Node) -> str:
    """All that a node shows."""
    return str(node.get("text", "")) + "".join(map(literal, node.get("of", [])))


@given(st.text(alphabet="ab*_~`<>|&;@#!\n :/.1"))
def test_whatever_is_written_becomes_nodes_of_known_kinds(written: str) -> None:
    kinds = {"text", "bold", "italic", "strike", "code", "pre", "quote", "link"}
    kinds |= {"user", "channel", "broadcast", "date"}

    def check(node: Node) -> None:
        assert node["is"] in kinds
        for inner in node.get("of", []):
            check(inner)

    for node in nodes(written):
        check(node)
    json.dumps(nodes(written))


@given(st.text(alphabet=st.characters(exclude_characters="*_~`<>&:\n", exclude_categories=["Cs"])))
def test_plain_words_come_out_as_they_went_in(written: str) -> None:
    assert "".join(map(literal, nodes(written))) == emojized(written)


def test_text_objects_are_made_ready_wherever_they_stand_and_nothing_else_is() -> None:
    plain = {"type": "plain_text", "text": ":tada: Go"}
    block: dict[str, Any] = {
        "type": "actions",
        "elements": [{"type": "button", "text": plain, "value": "*:tada:*"}],
        "text": {"type": "mrkdwn", "text": "*a*"},
    }
    assert readable([block]) == [
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "🎉 Go"},
                    "value": "*:tada:*",
                }
            ],
            "text": {"type": "mrkdwn", "text": "*a*", "nodes": [bold(text("a"))]},
        }
    ]


def test_what_a_person_typed_can_be_had_back() -> None:
    written = "<@U1> in <#C1|films>: a &lt;b&gt; <https://x.example/?a=1&amp;b=2> &amp;lt; <@U9>"
    assert typed(written, {"U1": "ann"}) == (
        "@ann in #films: a <b> https://x.example/?a=1&b=2 &lt; @U9"
    )
