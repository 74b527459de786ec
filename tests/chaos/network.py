"""What lies between the bots and whom they need: proxies, and perhaps a company's own."""

import contextlib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import trustme

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import SlackSimulator
from tests.chaos.proxy import Proxy
from tests.chaos.tunnel import Tunnel

SLACK, IACREA = "slack.test", "iacrea.test"
"""Nobody can look these up (RFC 6761, 6.2): only the company's proxy knows them."""


@dataclass(frozen=True, slots=True)
class Network:
    """Every way there is.

    Attributes:
        tunnel: the company's proxy, in which the ways to Slack and IACrea go over TLS.
        environ: what bots have to be told of all this.
    """

    to_slack: Proxy
    to_iacrea: Proxy
    to_redis: Proxy
    tunnel: Tunnel | None
    environ: dict[str, str]


@contextlib.asynccontextmanager
async def network(
    slack: SlackSimulator, iacrea: IACreaSimulator, redis: Path, company: Path | None
) -> AsyncIterator[Network]:
    """Lays every way; `company` is where the certificates of its proxy go, if there is one."""
    tls = None if company is None else _certified(company / "ca.pem")
    async with contextlib.AsyncExitStack() as held:
        to_slack = await held.enter_async_context(Proxy(_port(slack.api_url), tls))
        to_iacrea = await held.enter_async_context(Proxy(_port(iacrea.base_url), tls))
        to_redis = await held.enter_async_context(Proxy(redis))
        environ = {"REDIS_URL": f"redis://127.0.0.1:{to_redis.port}/0"}
        slacks, iacreas = (f"http://127.0.0.1:{each.port}" for each in (to_slack, to_iacrea))
        tunnel = None
        if company is not None:
            tunnel = Tunnel({SLACK: to_slack.port, IACREA: to_iacrea.port})
            await held.enter_async_context(tunnel)
            slacks, iacreas = f"https://{SLACK}", f"https://{IACREA}"
            environ |= {"HTTPS_PROXY": tunnel.url, "SSL_CERT_FILE": str(company / "ca.pem")}
        # What Slack hands out leads this way as well: sockets and response URLs.
        slack._installation.base_url = slacks
        environ |= {"SLACK_API_URL": slack.api_url, "IACREA_BASE_URL": iacreas}
        yield Network(to_slack, to_iacrea, to_redis, tunnel, environ)


def _certified(authority: Path) -> ssl.SSLContext:
    """How both sites speak TLS; whom to trust in it is written to `authority`."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(authority))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ca.issue_cert(SLACK, IACREA).configure_cert(context)
    return context


def _port(url: str) -> int:
    return int(url.rsplit(":", 1)[1].split("/", maxsplit=1)[0])
