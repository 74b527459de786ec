"""The catalogue: the same texts in every language, each of them used, and no text anywhere else."""

import ast
import functools
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.domain.command import Word
from bot.domain.effects import DOCUMENTED, Effects
from bot.domain.errors import UnknownEffect
from bot.domain.names import Flaw
from bot.domain.progress import Stage
from bot.domain.request import Outcome
from bot.domain.video import SequenceStatus
from bot.slack.blocks.catalogue import LANGUAGES
from tests.conftest import ROOT
from tests.texts import CATALOGUE, EFFECTS

SLACK = ROOT / "bot" / "slack"
SOURCES = sorted(SLACK.rglob("*.py"))


@functools.cache  # by the first test that asks: every worker of the tests imports this
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


class Variables(Visitor):  # type: ignore[misc]
    """Collects the names of all variables that a text uses."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - Fluent's
        self.names.add(node.id.name)


def variables(node: ftl.BaseNode) -> set[str]:
    found = Variables()
    found.visit(node)
    return found.names


def entries(language: str) -> list[ftl.EntryType]:
    folder = resources.files("bot.slack").joinpath("locales", language)
    texts = [file.read_text("utf-8") for file in folder.iterdir()]
    return [each for text in texts for each in FluentParser().parse(text).body]


@functools.cache
def messages(language: str) -> dict[str, ftl.Message]:
    return {each.id.name: each for each in entries(language) if isinstance(each, ftl.Message)}


english, french = (functools.partial(messages, language) for language in LANGUAGES)


# --- the same in every language ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_the_catalogue_is_understood_and_no_text_stands_there_twice(language):
    junk = [each.content for each in entries(language) if isinstance(each, ftl.Junk)]
    names = [each.id.name for each in entries(language) if isinstance(each, ftl.Message)]

    assert junk == []
    assert sorted(names) == sorted(set(names))
    assert all(each.value is not None for each in messages(language).values())


def test_every_language_has_the_same_texts():
    assert english().keys() == french().keys()


def test_every_text_uses_the_same_variables_in_every_language():
    used = [{name: variables(it) for name, it in each().items()} for each in (english, french)]

    assert used[0] == used[1]


def test_attributes_are_for_what_effects_are_also_called_and_for_nothing_else():
    for texts in (english(), french()):
        for name, each in texts.items():
            attributes = {attribute.id.name for attribute in each.attributes}
            assert attributes <= ({"also"} if name.startswith("effect-") else set())


def test_no_text_is_the_same_by_oversight():
    """A text of several words that nobody translated would be the same in both."""
    texts = [{name: ftl_text(it) for name, it in each().items()} for each in (english, french)]
    same = {name for name, text in texts[0].items() if texts[1].get(name) == text}

    assert {name for name in same if re.search(r"[a-z]{3,} [a-z]{3,}", texts[0][name])} == set()


def ftl_text(message: ftl.Message) -> str:
    return "".join(each.value for each in walked(message) if isinstance(each, ftl.TextElement))


def walked(node: ftl.BaseNode) -> Iterator[ftl.BaseNode]:
    yield node
    for value in vars(node).values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ftl.BaseNode):
                yield from walked(each)


# --- code and catalogue fit ---


def literals() -> Iterator[str]:
    for path in SOURCES:
        if path.name != "words.py":
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def patterns() -> Iterator[str]:
    """F-strings that make an id, such as `stage-{stage}`."""
    for path in SOURCES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    each.value if isinstance(each, ast.Constant) else "*" for each in node.values
                ]
                if re.fullmatch(r"[a-z-]+-\*|\*-cost", "".join(map(str, parts))):
                    yield "".join(map(str, parts))


def made_by(pattern: str) -> set[str]:
    before, _, behind = pattern.partition("*")
    return {name for name in english() if name.startswith(before) and name.endswith(behind)}


def asked_for() -> set[str]:
    """Ids that the code asks for by a literal: `say("…")`, `plain("…")`, or one of two of them."""
    found = set()
    for node in (each for path in SOURCES for each in ast.walk(tree(path))):
        if isinstance(node, ast.Call) and node.args and called(node) in {"say", "plain"}:
            first = node.args[0]
            choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            found |= {each.value for each in choices if isinstance(each, ast.Constant)}
    return {name for name in found if not name.startswith("chat.")}


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_text_that_the_code_asks_for_is_in_the_catalogue():
    dashed = {each for each in literals() if re.fullmatch(r"[a-z]+(-[a-z]+)+", each)}
    families = {name.partition("-")[0] for name in english()}
    ids = asked_for() | {each for each in dashed if each.partition("-")[0] in families}

    assert len(asked_for()) > 100
    assert ids - english().keys() == set()
    assert [pattern for pattern in patterns() if not made_by(pattern)] == []


def test_every_text_of_the_catalogue_is_used():
    used = {name for pattern in patterns() for name in made_by(pattern)}
    used |= {f"{each}-cost" for each in literals()} | set(literals())

    assert english().keys() - used == set()


@pytest.mark.parametrize(
    "name",
    [
        *(f"closing-{each}" for each in Outcome),
        *(f"stage-{each}" for each in Stage),
        *(f"sequence-{each}" for each in SequenceStatus),
        *(f"problem-bad-name-{each.replace(' ', '-')}" for each in Flaw),
        *(f"effect-{each}" for each in DOCUMENTED),
        *(f"help-{each}" for each in Word if each is not Word.HELP),
    ],
)
def test_every_kind_has_its_text(name):
    assert name in english()


# --- plurals, numbers, effects ---


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 0, "0 credits used"),
        ("en", 1, "1 credit used"),
        ("en", 1.0, "1 credit used"),
        ("en", 2, "2 credits used"),
        ("en", 1.5, "1.5 credits used"),
        ("en", 1234.5, "1,234.5 credits used"),
        ("fr", 0, "0 crédit utilisé"),
        ("fr", 1, "1 crédit utilisé"),
        ("fr", 1.0, "1 crédit utilisé"),
        ("fr", 1.5, "1,5 crédit utilisé"),
        ("fr", 2, "2 crédits utilisés"),
        ("fr", 1234.5, "1\u202f234,5 crédits utilisés"),
    ],
)
def test_numbers_and_plurals_follow_the_language(language, number, text):
    assert CATALOGUE.words(language)("fact-used", credits=number) == text


@pytest.mark.parametrize(
    ("language", "share"), [("en", "40%"), ("fr", "40\xa0%"), ("de-DE", "40%"), ("", "40%")]
)
def test_a_share_is_a_percentage_in_that_language_or_else_in_english(language, share):
    assert share in CATALOGUE.words(language)("stage-rendering", share=0.4)


@pytest.mark.parametrize(("locale", "language"), [("fr_CA", "fr"), ("FR", "fr"), ("en-GB", "en")])
def test_a_locale_speaks_its_language(locale, language):
    assert CATALOGUE.words(locale).language == language


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 1, "a"),
        ("en", 2, "a and b"),
        ("en", 3, "a, b and c"),
        ("fr", 2, "a et b"),
        ("fr", 3, "a, b et c"),
    ],
)
def test_lists_are_joined_as_that_language_does(language, count, text):
    assert CATALOGUE.words(language).listed("abc"[:count]) == text


def test_a_text_with_a_value_missing_is_an_error_and_not_a_gap():
    with pytest.raises(LookupError):
        CATALOGUE.words("en")("fact-used")
    with pytest.raises(LookupError):
        CATALOGUE.words("en")("no-such-text")


@pytest.mark.parametrize("typed", ["zoom arrière", "zoom arriere", "Zoom Out", "RECULER"])
def test_an_effect_is_understood_in_every_language(typed):
    assert EFFECTS.find(typed) == "CAMERA_PUSH_OUT"
    with pytest.raises(UnknownEffect):
        Effects.with_extra().find(typed)


def test_nothing_that_people_call_an_effect_means_two_of_them():
    for language in LANGUAGES:
        say = CATALOGUE.words(language)
        for name in DOCUMENTED:
            for words in (say.effect(name), *say.also(name)):
                assert EFFECTS.find(words) == name, f"{words} ({language})"


# --- no text anywhere else ---

FOR_OPERATORS = {"installation.py", "socket_mode.py", "web_api.py", "app.py"}
"""Here exceptions say, to whoever runs the bot, why it cannot run."""
SENTENCE = re.compile(r"(?<![%\w])[^\W\d_]+ [^\W\d_]+")
"""Two words beside each other; `%M UTC` is none."""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(SLACK)))
def test_no_sentence_stands_outside_the_catalogue(path):
    assert [each for each in said_in(path) if SENTENCE.search(each)] == []


def said_in(path: Path) -> Iterator[str]:
    """Texts in the code, except documentation, the log and what operators are told."""
    pending: list[ast.AST] = [tree(path)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not unsaid(node, path):
            pending += ast.iter_child_nodes(node)


def unsaid(node: ast.AST, path: Path) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # documentation
    if isinstance(node, ast.Call) and called(node).endswith("Error"):
        return path.name in FOR_OPERATORS
    logs = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return logs and isinstance(node.func.value, ast.Name) and node.func.value.id == "log"


def test_a_sentence_in_the_code_would_be_found(tmp_path):
    path = tmp_path / "odd.py"
    path.write_text('"""Some words."""\nsay(f"hello there {1}")\n')

    assert [each for each in said_in(path) if SENTENCE.search(each)] == ["hello there "]
