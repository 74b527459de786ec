"""The simulated web in the tests, and certificates for every host that is asked for there."""

import functools
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme

from sandbox.web import Answer, WebSimulator, files

PHOTO = files.jpg(1600, 900)


class Authority:
    """Signs for whoever is asked for."""

    def __init__(self, directory: Path) -> None:
        """Puts its own certificate into that directory."""
        self._signs = trustme.CA()
        self.file = directory / "authority.pem"
        self._signs.cert_pem.write_to_path(str(self.file))
        self.tls = self._for("localhost")
        self.tls.sni_callback = self._choose

    def _choose(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name is not None:
            connection.context = self._for(name)

    @functools.cache  # noqa: B019 - there is one a run
    def _for(self, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._signs.issue_cert(name).configure_cert(context)
        return context


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs for all of them; making keys takes its time once a run."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def web(authority: Authority) -> AsyncIterator[WebSimulator]:
    """What lies behind picture links: a photo, unless a test puts something else there."""
    async with WebSimulator(authority.tls, otherwise=Answer(PHOTO)) as web:
        yield web


@pytest.fixture
def way_to_web(web: WebSimulator, authority: Authority) -> dict[str, str]:
    """The settings of a bot that reaches https links there, and nothing else."""
    return {"HTTPS_PROXY": web.proxy_url, "SSL_CERT_FILE": str(authority.file)}
