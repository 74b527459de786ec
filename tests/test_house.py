"""The rules of this house that no linter knows."""

import ast
import itertools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.config import Config

ROOT = Path(__file__).parents[1]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 5
MOST_KNOWN = 12
SETTINGS = {name.upper() for name in Config.__dataclass_fields__}
SOURCES = sorted(path for name in ("bot", "sandbox") for path in (ROOT / name).rglob("*.py"))
REQUIRED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "IACREA_API_KEY": "iac-1"}


def ours() -> Iterator[Path]:
    """All files that are in the repository, or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # whichever git there is
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    yield from (path for path in paths if path.is_file())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function with its lines, docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if ast.get_docstring(node):
                lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            yield node.name, lines


def env_example() -> Iterator[tuple[str, str, str]]:
    """Name, value and the line above, for each setting, also those that are commented out."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    for above, line in itertools.pairwise(lines):
        if setting := re.fullmatch("#?([A-Z_]+)=(.*)", line):
            yield setting[1], setting[2], above


def compose() -> dict[str, dict[str, dict[str, object]]]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_no_file_is_longer_than_a_reader_holds_in_mind():
    page = [path for path in (ROOT / "sandbox").rglob("*.[jc]s*") if "vendor" not in path.parts]
    files = [*SOURCES, *page, *(ROOT / "tests").rglob("*.py")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{path.relative_to(ROOT)}: {name} has {lines} lines"
        for path in SOURCES
        for name, lines in functions(path)
        if lines > LONGEST_FUNCTION
    ]
    assert long == []


def classes(path: Path) -> Iterator[ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            yield node


def constructor(node: ast.ClassDef) -> int:
    """How much a class is handed when it is made.

    Of dataclasses those count that do something with it; values may have as many fields as they do.
    """
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return len([*each.args.args, *each.args.kwonlyargs]) - len(["self"])
    if not any(isinstance(each, ast.AsyncFunctionDef) for each in node.body):
        return 0
    fields = [ast.unparse(each) for each in node.body if isinstance(each, ast.AnnAssign)]
    return sum("init=False" not in each for each in fields)


def test_no_constructor_has_more_than_five_parameters():
    wide = [
        f"{path.relative_to(ROOT)}: {node.name} has {constructor(node)}"
        for path in (ROOT / "bot").rglob("*.py")
        for node in classes(path)
        if constructor(node) > MOST_PARAMETERS
    ]
    assert wide == []


def imported(path: Path) -> set[str]:
    """The modules of the product that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] == "bot":
            inside = {f"{node.module}.{each.name}" for each in node.names}
            found |= {each for each in inside if is_module(each)} or {str(node.module)}
    return found


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_nothing_that_builds_the_bot_knows_more_than_twelve_modules():
    known = {path.name: len(imported(path)) for path in (ROOT / "bot" / "app").glob("*.py")}
    assert {name: count for name, count in known.items() if count > MOST_KNOWN} == {}


def test_the_example_environment_names_exactly_what_can_be_set():
    assert sorted(name for name, _, _ in env_example()) == sorted({*SETTINGS, "VALKEY_PASSWORD"})


def test_the_example_environment_sets_what_is_required_alone():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert {line for line in lines if line and not line.startswith("#")} == {
        f"{name}=" for name in REQUIRED
    }


def test_each_example_says_what_it_is():
    assert [name for name, _, above in env_example() if not above.startswith("# ")] == []


def test_each_example_is_blank_or_the_default():
    values = {name: value for name, value, _ in env_example()}
    assert Config.from_env({**values, **REQUIRED}) == Config.from_env(REQUIRED)
    defaults = Config.from_env(REQUIRED)
    scalars = {
        name for name in SETTINGS if isinstance(getattr(defaults, name.lower()), str | int | float)
    }
    assert {name for name, value in values.items() if value} == scalars


def test_the_image_sets_only_what_the_bot_knows():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.split("FROM")[-1]
    names = set(re.findall(r"^(?:ENV|   ) ([A-Z_]+)=", last, re.MULTILINE))
    assert {name for name in names if not name.startswith("PYTHON")} == set()
    entry = (ROOT / "docs" / "deploy" / "entry.sh").read_text(encoding="utf-8")
    assert set(re.findall(r"([A-Z_]+)=\"", entry)) == {"HOST", "PORT", "BOT_DATA_DIR"} <= SETTINGS


def test_compose_sets_only_what_the_bot_knows():
    environment = compose()["services"]["bot"]["environment"]
    assert isinstance(environment, dict)
    assert environment.keys() <= SETTINGS
    values = {name: re.sub(r"\$\{.*?\}", "secret", str(each)) for name, each in environment.items()}
    assert Config.from_env({**REQUIRED, **values}).redis_url is not None


def test_no_file_names_a_package_registry():
    hosts = re.compile(
        rb"pypi\.org|pythonhosted|npmjs|deb\.debian|archive\.ubuntu|(?<!emit-)index-url"
    )
    named = [
        str(path.relative_to(ROOT))
        for path in ours()
        if path != Path(__file__) and hosts.search(path.read_bytes())
    ]
    assert named == []


def test_every_locked_package_has_its_hashes():
    for lock in ("requirements.lock", "tests/requirements.lock", "tests/audit.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        packages = re.split(r"\n(?=[a-z0-9])", text)
        assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_the_tests_run_on_what_the_product_runs_on():
    pins = [
        set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "tests/requirements.lock")
    ]
    assert pins[0] <= pins[1]
