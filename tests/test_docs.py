"""What the documentation names exists, and what exists is documented."""

import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY

from bot import metrics
from bot.cli.arguments import parser
from bot.config import Config

ROOT = Path(__file__).parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", CONTRIBUTING, *DOCS]
SETTINGS = {name.upper() for name in Config.__dataclass_fields__}
OTHERS = {"OTEL_SERVICE_NAME", "HTTPS_PROXY", "SLACK_CONFIG_TOKEN"}
"""Variables that others than the bot read; the last is for `doctor` alone."""


_PATH = re.compile(r"`([\w.]+/[\w./]*)`")


def text(*pages: Path) -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def options() -> dict[str, set[str]]:
    """The options of each command."""
    [commands] = [each.choices for each in parser()._actions if isinstance(each.choices, dict)]
    return {
        name: {option for action in command._actions for option in action.option_strings}
        for name, command in commands.items()
    }


def test_every_command_is_documented_and_no_other():
    table = text(ROOT / "docs" / "operate.md").split("## Commands")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `regen-bot (\w+)", table, re.MULTILINE)) == set(options())


def test_every_option_is_documented_and_no_other():
    table = text(ROOT / "docs" / "operate.md").split("## Commands")[1].split("\n## ")[0]
    for row in re.findall(r"^\| `regen-bot \w+.*$", table, re.MULTILINE):
        name = re.findall(r"`regen-bot (\w+)", row)[0]
        known = {each for each in options()[name] if each.startswith("--")} - {"--help"}
        assert set(re.findall(r"--[a-z-]+", row)) == known, name


def test_every_command_that_any_page_names_exists():
    named = re.findall(r"regen-bot (?!\w+ (?:is|has|needs))([a-z]+)\b", text(*PAGES))
    assert set(named) - set(options()) - {"needs", "from", "alone"} == set()


def test_every_setting_is_documented_and_no_other():
    table = text(ROOT / "docs" / "install.md").split("## Settings")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[A-Z].*?) \|", table, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == SETTINGS


def test_every_variable_that_any_page_names_is_a_setting():
    named = set(re.findall(r"\b((?:SLACK|IACREA|REDIS|BOT|OTEL|LOG)_[A-Z_]+)\b", text(*PAGES)))
    assert named - SETTINGS - OTHERS == set()


def test_every_metric_is_documented_and_no_other():
    assert metrics.READY
    families = {family.name for family in REGISTRY.collect() if family.name.startswith("regen_")}
    named = set(re.findall(r"`(regen_[a-z_]+)`", text(ROOT / "docs" / "operate.md")))
    assert {name.removesuffix("_total") for name in named} == families


def test_every_make_target_that_any_page_names_exists():
    makefile = text(ROOT / "Makefile")
    named = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", text(*PAGES), re.MULTILINE))
    for target in {one or other for one, other in named}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_repository_leads_somewhere(page: Path):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text(page)):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_the_code_that_a_page_names_exists(page: Path):
    for name in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|lua))`", text(page)):
        assert (ROOT / "bot" / name).exists() or (ROOT / name).exists(), name


def test_every_path_that_contributors_are_sent_to_exists():
    tests, recipes = text(CONTRIBUTING).split("## The tests")[1].split("## Recipes")
    for path in _PATH.findall(tests):
        assert (ROOT / path).exists() or (ROOT / "tests" / path).is_dir(), path
    for path in _PATH.findall(recipes):
        assert (ROOT / path).exists(), path


def test_every_folder_of_the_tests_is_on_the_map():
    table = text(CONTRIBUTING).split("## The tests")[1].split("\n\n")[1]
    files = [path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("*/*.py")]
    assert set(re.findall(r"`(\w+)/`", table)) - {"tests"} == {path.parts[0] for path in files}


def test_the_map_names_every_folder_of_the_bot_and_no_other():
    table = text(ARCHITECTURE).split("## Where things are")[1].split("\n\n")[1]
    named = set(re.findall(r"`([a-z_/]+)/`", table)) - {"bot"}
    assert [each for each in named if not (ROOT / "bot" / each).is_dir()] == []
    features = {path.parent for path in (ROOT / "bot").glob("slack/*/*.py")}
    folders = {path.parent for path in (ROOT / "bot").glob("*/*.py")} | features
    assert {str(each.relative_to(ROOT / "bot")) for each in folders} - {"slack"} <= named


def test_every_class_of_the_glossary_exists():
    glossary = text(ARCHITECTURE).split("## Glossary")[1]
    code = text(*(ROOT / "bot").rglob("*.py"))
    for name in re.findall(r"`([A-Z]\w+)`", glossary):
        assert re.search(rf"^class {name}\b", code, re.MULTILINE), name


def test_the_service_starts_what_there_is():
    unit = text(ROOT / "docs" / "deploy" / "regen-bot.service")
    [command] = re.findall(r"^ExecStart=\S+/regen-bot (\w+)$", unit, re.MULTILINE)
    assert command in options()
    variables = re.findall(r"^Environment=([A-Z_]+)=", unit, re.MULTILINE)
    assert set(variables) <= {*SETTINGS, "XDG_STATE_HOME"}


def test_a_blank_line_of_its_settings_moves_no_data_of_the_service():
    unit = text(ROOT / "docs" / "deploy" / "regen-bot.service")
    given = dict(re.findall(r"^Environment=([A-Z_]+)=(.*)$", unit, re.MULTILINE))
    # What EnvironmentFile= sets overrides Environment= (systemd.exec(5)), also when it is blank.
    settings = {**given, "BOT_DATA_DIR": "", "HOME": "/"}
    assert Config.examine(settings)[0].bot_data_dir == Path("/var/lib/regen-bot")


def test_every_alert_is_explained():
    rules = yaml.safe_load(text(ROOT / "docs" / "deploy" / "alerts.yml"))["groups"][0]["rules"]
    assert [rule["alert"] for rule in rules if not rule["annotations"].get("description")] == []


def test_every_chapter_that_the_code_sends_people_to_exists():
    for file in (ROOT / "bot").rglob("*.py"):
        for page, chapter in re.findall(r"(docs/\w+\.md), (\w+)", text(file)):
            if chapter[0].isupper():
                assert f"\n## {chapter}" in text(ROOT / page), (file, page, chapter)
