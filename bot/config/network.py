"""Reads proxies and certificates, and finds where secrets would go in the clear."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bot.config import values
from bot.config.environment import Environment
from bot.network import Proxy, ProxyError, certificates, is_loopback
from bot.store import sentinel_url

PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
EITHER_CASE = (*PROXIES, "NO_PROXY")
"""Variables that programs read in upper and in lower case."""
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
NETWORK_VARIABLES = frozenset({*EITHER_CASE, *CERTIFICATES})
"""What every call to Slack and IACrea depends on."""
# A name has a letter somewhere: 10.0.7, an address that lacks a number, is none.
_HOST = re.compile(r"(?=[^a-z]*[a-z])[a-z0-9._-]+|[0-9]+(?:\.[0-9]+){3}|[0-9a-f]*:[0-9a-f:.]*|\*")
_PASSWORDS = ("password", "sentinel_password")


def proxy(text: str) -> Proxy:
    """Reads an HTTP proxy."""
    try:
        return Proxy.parse(text)
    except ProxyError as error:
        raise values.WrongValueError(str(error)) from None


def certificate_file(text: str) -> Path:
    """Reads a file of certificates to trust, and loads it to see that it can be used."""
    path = values.directory(text)
    _load_certificates(path)
    return path


def certificate_directories(text: str) -> tuple[Path, ...]:
    """Reads directories of certificates to trust, parted by colons as OpenSSL wants them."""
    paths = tuple(values.directory(each) for each in text.split(":") if each)
    _load_certificates(None, paths)
    return paths


def _load_certificates(file: Path | None, directories: tuple[Path, ...] = ()) -> None:
    try:
        certificates.context(file, directories)
    except certificates.CertificatesError as error:
        raise values.WrongValueError(str(error)) from None


def hosts(text: str) -> tuple[str, ...]:
    """Reads hosts, separated by commas; returns each once. `*` is every host."""
    names = [each.strip().strip("[]").lower() for each in text.split(",") if each.strip()]
    if not all(map(_HOST.fullmatch, names)):
        raise values.WrongValueError(
            "names no host; write hosts separated by commas, such as valkey,10.0.0.7"
        )
    return tuple(dict.fromkeys(names))


def spelled(environ: Mapping[str, str], name: str) -> str:
    """Returns which spelling of a variable counts: lower case before upper, as curl has it.

    The process's environment wins over `.env` whichever spelling it has.
    """

    def comes_late(spelling: str) -> bool:
        return isinstance(environ, Environment) and environ.in_file_alone(spelling)

    spellings = [each for each in (name.lower(), name) if each in environ]
    return min(spellings, key=comes_late, default=name)


def unused(environ: Mapping[str, str], around: tuple[str, ...]) -> frozenset[str]:
    """Returns the proxies that nothing goes through, so that they may be of any kind."""
    if "*" in around:
        return frozenset(PROXIES)
    given = {name for name in PROXIES if environ.get(spelled(environ, name), "").strip()}
    urls = (environ.get("SLACK_API_URL", ""), environ.get("IACREA_BASE_URL", ""))
    http = any(url.strip().lower().startswith("http:") for url in urls)
    # HTTPS_PROXY in any case: links to pictures and videos are https, wherever IACrea is.
    needed = ("HTTPS_PROXY", "HTTP_PROXY") if http else ("HTTPS_PROXY",)
    used = {name if name in given else "ALL_PROXY" for name in needed}
    return frozenset(PROXIES) - used


def in_the_clear(urls: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yields each variable whose URL sends secrets in the clear to another machine, and to which.

    REDIS_URL does only where it has a password.
    """
    for variable, url in urls.items():
        for host in _redis(url) if variable == "REDIS_URL" else _http(url):
            if not is_loopback(host):
                yield variable, host


def _http(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme == "http":
        yield parts.hostname or ""


def _redis(url: str) -> Iterator[str]:
    """Yields the hosts that would be sent a password without TLS."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if not (parts.password or any(name in query for name in _PASSWORDS)):
        return
    if parts.scheme == "redis":
        yield parts.hostname or ""
    elif parts.scheme == "redis+sentinel":
        yield from (host for host, _ in sentinel_url.parse(url).addresses)
