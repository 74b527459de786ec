"""Decides which proxy and which certificates calls to Slack and IACrea use."""

from bot.network.causes import Cause, cause, described
from bot.network.outbound import Network
from bot.network.proxies import Proxies, Proxy, ProxyError, is_loopback, no_proxy

__all__ = [
    "Cause",
    "Network",
    "Proxies",
    "Proxy",
    "ProxyError",
    "cause",
    "described",
    "is_loopback",
    "no_proxy",
]
