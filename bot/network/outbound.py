"""Holds how Slack and IACrea are reached: by which proxies, trusting which certificates."""

import ssl
from dataclasses import dataclass, field

from bot.network import certificates
from bot.network.proxies import Proxies, Proxy


@dataclass(frozen=True, slots=True)
class Network:
    """How calls leave this machine.

    Attributes:
        proxies: those of the settings; none by default.
        tls: what server certificates are checked against.
    """

    proxies: Proxies = field(default_factory=Proxies)
    tls: ssl.SSLContext = field(default_factory=certificates.context)

    def proxy(self, url: str) -> Proxy | None:
        """Returns the proxy for that address; None if it is reached without one."""
        return self.proxies.to(url)
