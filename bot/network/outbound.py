"""How Slack and IACrea are reached: by which proxies, trusting which certificates."""

import ssl
from dataclasses import dataclass, field

from bot.network import certificates
from bot.network.proxies import Proxies, Proxy


@dataclass(frozen=True, slots=True)
class Network:
    """The way out.

    Attributes:
        proxies: none unless they are named.
        tls: how every server proves who it is; the system's certificates unless others are named.
    """

    proxies: Proxies = field(default_factory=Proxies)
    tls: ssl.SSLContext = field(default_factory=certificates.context)

    def proxy(self, url: str) -> Proxy | None:
        """Returns the proxy for that address; None where it is reached without one."""
        return self.proxies.to(url)
