"""Whether every setting is there and well-formed, and `.env` is as it should be."""

import difflib
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.config import Config, Environment, InvalidSetting
from bot.config.network import EITHER_CASE
from bot.doctor import manifest
from bot.doctor.findings import Finding, Section

_HERE = Section("Settings")
_OTHERS = ("VALKEY_PASSWORD", "SLACK_CLI_", manifest.VARIABLE)
"""How variables begin that are no settings of the bot's, and are read all the same."""
_OPENTELEMETRY = "OTEL_"


def check(
    environ: Environment, invalid: tuple[InvalidSetting, ...], dotenv: Path
) -> Iterator[Finding]:
    """Checks the variables, with one finding for each that is wrong."""
    for each in invalid:
        said, _, mend = each.text.partition("; ")
        place = f" ({each.where})" if each.where else ""
        yield _HERE.failed(each.variable, said + place, mend or "correct it, and ask again")
    known = {name.upper() for name in Config.__dataclass_fields__}
    if not invalid:
        named = sorted(known & environ.keys())
        source = f"{len(environ.lines)} from .env, " if environ.lines else "no .env, "
        yield _HERE.ok("variables", f"well-formed; {source}{len(named)} in all")
    # Proxies are named in either case by custom, unlike everything else.
    known |= {name.lower() for name in EITHER_CASE}
    for name, line in environ.lines.items():
        if name not in known and not name.startswith(_OTHERS):
            yield _unknown(name, line, known)
    if environ.lines and dotenv.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield _HERE.warning(".env", "others on this machine can read it", "chmod 600 .env")


def _unknown(name: str, line: int, known: set[str]) -> Finding:
    if name.startswith(_OPENTELEMETRY):
        said = f"OpenTelemetry does not read .env (line {line})"
        return _HERE.warning(name, said, "set it in the environment")
    close = difflib.get_close_matches(name, known, n=1)
    mend = f"did you mean {close[0]}?" if close else "take it out; .env.example has every setting"
    return _HERE.warning(name, f"is no setting of this bot (line {line} of .env)", mend)
