"""Image links: only ones that IACrea could fetch from the public internet."""

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

from bot.domain.errors import BadImage

MOST_CHARACTERS = 1000
"""Longer links would not fit beside the ids in a button's value, which holds 2,000."""

_PICTURE = re.compile(r"(?i)https://[^\s?#]+\.(png|jpe?g|gif)([?#]\S*)?")
_MOST_PICTURE_URL = 3000
"""Characters of a picture's link in a block. Source: Block Kit reference, image."""
_LOCAL_NAMES = ("localhost", "local", "internal", "lan", "home.arpa", "localdomain")
_PLACE = re.compile(r"(\[[^\[\]]+\]|[^\[\]:@]+)(:\d*)?")
"""Host and port, nothing before or between; Python 3.11 overlooks what follows a bracket."""
_NAME = re.compile(r"[a-z0-9._-]*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
"""A host whose last label is one is an IPv4 address in some notation. Source:
url.spec.whatwg.org, «ends in a number checker»."""

_UNICAST = ipaddress.IPv6Network("2000::/3")
"""What the public internet uses. Source: IANA, IPv6 Global Unicast Address Assignments. Other
ranges map or translate to IPv4 addresses, private ones among them, or are local."""
_NOT_PUBLIC = (
    ipaddress.IPv6Network("2002::/16"),  # 6to4: contains an IPv4 address
    ipaddress.IPv6Network("3fff::/20"),  # documentation (RFC 9637), unknown to Python 3.11
)


def image_link(typed: str) -> str:
    """Returns the link as it may be sent to IACrea.

    Raises:
        BadImage: not an https link, or one to an address that is not public, however written.
    """
    link = typed.strip().replace("&amp;", "&")  # Slack escapes it in what people type
    parts = _split(link)
    if parts is None or not parts.hostname:
        raise BadImage(typed=typed, private=False)
    if not public_host(parts.hostname):
        raise BadImage(typed=typed, private=True)
    return link


def is_picture(link: str) -> bool:
    """Returns whether the link says that a picture is behind it, one that Slack shows."""
    return len(link) <= _MOST_PICTURE_URL and _PICTURE.fullmatch(link) is not None


def _split(link: str) -> SplitResult | None:
    """Splits a link; None if not every client would understand it in the same way."""
    if len(link) > MOST_CHARACTERS or not link.isprintable() or re.search(r'[ \\"<>]', link):
        return None
    try:
        parts = urlsplit(link)
        parts.port  # noqa: B018 - urlsplit checks the port only when it is asked for
    except ValueError:
        return None
    return parts if parts.scheme == "https" and _PLACE.fullmatch(parts.netloc) else None


def public_host(host: str) -> bool:
    """Whether a name or an address is public. IPv6 addresses come without brackets.

    Clients drop what cannot be seen, so the name has to be harmless without that too.
    """
    if ":" in host:
        return _public_v6(host)
    if len(host) > MOST_CHARACTERS:
        return False
    # This full stop is a point to IDNA as well (RFC 3490, 3.1), and NFKC leaves it.
    name = unicodedata.normalize("NFKC", host).casefold().replace("\u3002", ".").rstrip(".")
    seen = name.encode("ascii", "ignore").decode().rstrip(".")
    # A name without a point is looked for in the local network.
    return bool(_NAME.fullmatch(seen)) and "." in name and _outside(seen)


def _outside(name: str) -> bool:
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _public_v4(name)
    return not any(name == each or name.endswith(f".{each}") for each in _LOCAL_NAMES)


def _public_v4(name: str) -> bool:
    """Whether an address is public. Only the usual notation counts as one.

    Whether 010.0.0.1 means 8.0.0.1 depends on who reads it.
    """
    try:
        address = ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return address.is_global and not address.is_multicast


def _public_v6(host: str) -> bool:
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        return False
    excluded = any(address in network for network in _NOT_PUBLIC)
    return address.is_global and address in _UNICAST and not excluded
