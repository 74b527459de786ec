"""What there is to see on this machine: its clock, its packages, whether the bot runs already."""

import socket
from collections.abc import AsyncIterator

import httpx

from bot import tracing
from bot.config import Config
from bot.deliveries import SlackClock
from bot.doctor.findings import Finding, Section

_HERE = Section("This machine")
_NOTICEABLE = 30.0
_REFUSED = 300.0
"""Seconds by which a signed request's time may be off (docs.slack.dev/authentication/
verifying-requests-from-slack)."""
_ANSWER_LIMIT = 3.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not listened on


async def check(
    config: Config, broken: frozenset[str], slack: SlackClock
) -> AsyncIterator[Finding]:
    """Checks the clock against Slack's, traces, then the address to listen on."""
    yield _clock(slack.off(), signed=not config.socket_mode)
    if config.otel_exporter_otlp_endpoint is not None:
        yield _traces()
    if missing := broken & {"HOST", "PORT"}:
        yield _HERE.skipped("address", min(missing))
    else:
        yield await _address(config)


def _clock(apart: float | None, *, signed: bool) -> Finding:
    if apart is None:
        return _HERE.skipped("clock", "an answer of Slack's")
    # Slack's Date has whole seconds, so a smaller difference says nothing.
    if round(apart) == 0:
        return _HERE.ok("clock", "as Slack's, as far as its answers tell")
    said = f"{abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} Slack's"
    if abs(apart) > _REFUSED and signed:
        said += ": every request of Slack's is refused as too old"
        return _HERE.failed("clock", said, "let NTP set this machine's clock")
    if abs(apart) > _NOTICEABLE:
        return _HERE.warning("clock", said, "let NTP set this machine's clock")
    return _HERE.ok("clock", said)


def _traces() -> Finding:
    said, _, mend = tracing.missing().partition(": ")
    return _HERE.warning("traces", said, mend) if said else _HERE.ok("traces", "can be made")


async def _address(config: Config) -> Finding:
    host = _EVERYWHERE.get(config.host, config.host)
    place = f"[{host}]:{config.port}" if ":" in host else f"{host}:{config.port}"
    if config.port == 0:
        return _HERE.ok("address", f"any free port of {config.host}")
    try:
        # Without a proxy, to which this address would be its own machine.
        async with httpx.AsyncClient(timeout=_ANSWER_LIMIT, trust_env=False) as http:
            alive = await http.get(f"http://{place}/healthz")
            ready = await http.get(f"http://{place}/readyz")
    except httpx.ConnectError:
        return _free(config, place)
    except httpx.HTTPError as error:
        return _taken(place, type(error).__name__)
    # Another program may answer there as well, and with 200.
    if alive.text != "ok\n":
        return _taken(place, f"status {alive.status_code}")
    if ready.is_success:
        return _HERE.ok("bot", f"runs at {place}, and is ready")
    said = f"runs at {place}, and is not ready: {ready.text.strip()}"
    return _HERE.warning("bot", said, "what stands above says why; else look into its log")


def _free(config: Config, place: str) -> Finding:
    """Tries to listen where nobody answers; that is what the bot would do."""
    try:
        address = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], address[1]) as probe:
            # As asyncio does for the bot: a port that was given up just now is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OSError as error:
        said = f"{place} cannot be listened on ({error.strerror or error})"
        return _HERE.failed("address", said, "set HOST or PORT to an address of this machine")
    return _HERE.ok("address", f"{place} is free; the bot does not run here yet")


def _taken(place: str, what: str) -> Finding:
    said = f"another program listens on {place} ({what})"
    return _HERE.failed("address", said, "stop it, or set PORT to another")
