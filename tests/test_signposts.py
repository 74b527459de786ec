"""What the first line of a module or a page says of the whole house is true."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from bot.config import Config
from bot.config.reading import declared

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
SCRIPTS = sorted((ROOT / "bot" / "store" / "scripts").glob("*.lua"))


def imported(path: Path) -> Iterator[str]:
    """The top level packages that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (each.name.partition(".")[0] for each in names)
            case ast.ImportFrom(module=str(module)):
                yield module.partition(".")[0]


def test_only_the_store_and_the_doctor_know_redis():
    knowing = {path.relative_to(ROOT / "bot") for path in SOURCES if "redis" in imported(path)}
    outside = {path for path in knowing if path.parts[0] != "store"}
    assert outside == {Path("doctor", "redis.py")}


def test_messages_are_posted_and_edited_by_features_and_by_what_they_answer_with():
    calling = re.compile(r"""["']chat\.[a-zA-Z]+["']""")
    rooms = {path.parent for path in SOURCES if calling.search(path.read_text("utf-8"))}
    allowed = ("telling", "storyboard", "naming", "welcome", "answering")
    counted = ROOT / "bot" / "slack" / "connection"  # whose table of limits names them
    assert rooms - {counted} == {ROOT / "bot" / "slack" / name for name in allowed}


def test_no_script_counts_its_keys_or_arguments():
    counting = [each.name for each in SCRIPTS if re.search("KEYS|ARGV", each.read_text("utf-8"))]
    assert counting == ["named.lua"]


@pytest.mark.parametrize("library", ["redis", "slack_sdk", "slack_bolt", "httpx", "aiohttp"])
def test_reading_the_settings_loads_no_client(library: str):
    code = (
        "import sys, pathlib, bot.config; "
        "bot.config.Config.examine(bot.config.read_environment(pathlib.Path('/'))); "
        f"sys.exit({library!r} in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 - in a process that has loaded nothing yet
        [sys.executable, "-c", code], cwd=ROOT, env={"HOME": "/"}, check=False, timeout=50
    )
    assert done.returncode == 0


def test_each_setting_has_its_line_of_help_in_the_order_of_the_fields():
    said = [each.name for each in fields(Config) if declared(each).help]
    assert said == list(Config.__dataclass_fields__)


NAMED = re.compile(r"`([a-z_]+)\.([A-Za-z_]+)`")
ELSEWHERE = {*sys.stdlib_module_names, "chat", "files", "loop"}
"""What else is named with a dot: the library, Slack's methods, the loop."""
ENDINGS = {"lua", "yml", "lock"}


def test_what_one_module_says_of_another_is_there():
    said = {each: each.read_text("utf-8") for each in SOURCES}
    words: dict[str, set[str]] = {}
    for source, text in said.items():
        place = source.relative_to(ROOT).with_suffix("").parts
        for part in place:
            words.setdefault(part, set()).update(place, re.findall(r"\w+", text))
    for source, text in said.items():
        for part, name in NAMED.findall(text):
            if name not in ENDINGS and part not in ELSEWHERE:
                assert name in words.get(part, ()), f"{source}: `{part}.{name}`"
