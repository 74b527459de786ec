"""How Slack and IACrea are reached: proxies, certificates, and what goes in the clear."""

from collections.abc import Iterator

from bot.config import NETWORK_VARIABLES, Config, Environment
from bot.config.network import CERTIFICATES
from bot.doctor.findings import Finding, Section
from bot.network import certificates

_HERE = Section("Network")
_CERTIFICATE = (
    "name a file with the certificate of the authority that signed it, in PEM form, in "
    "SSL_CERT_FILE; a company's proxy signs with one of its own"
)
_PROXY = "check HTTPS_PROXY (its address, user and password), or name the host in NO_PROXY"


def check(environ: Environment, config: Config, broken: frozenset[str]) -> Iterator[Finding]:
    """Checks what the environment says of the way out."""
    if missing := broken & NETWORK_VARIABLES:
        yield _HERE.skipped("way out", min(missing))
        return
    for name, url in (("Slack", config.slack_api_url), ("IACrea", config.iacrea_base_url)):
        proxy = config.network.proxy(url)
        said = "without a proxy" if proxy is None else f"through the proxy {proxy.shown}"
        yield _HERE.ok(name, f"{said}: {url}")
    named = [f"{each}={environ[each]}" for each in CERTIFICATES if environ.get(each, "").strip()]
    trusted = f"trusted are those of {certificates.usual()}"
    yield _HERE.ok("certificates", " and ".join([trusted, *named]))
    for variable, host in config.in_the_clear:
        # One that is not allowed to is wrong, as its setting has said already.
        if variable not in broken:
            said = f"secrets go in the clear to {host}, as ALLOW_PLAINTEXT says"
            yield _HERE.warning(variable, said, "use TLS, unless nobody can listen on the way")


def mending(said: str, setting: str) -> str:
    """Returns what to do about a server that was not reached, as `network.described` says why."""
    if "certificate" in said:
        return _CERTIFICATE
    if "proxy" in said:
        return f"{_PROXY}; and check {setting}"
    return f"check the network, a proxy in HTTPS_PROXY, and {setting}"
