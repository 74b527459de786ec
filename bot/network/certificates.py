"""Loads the certificates to trust: the system's, and those that the operator names."""

import contextlib
import functools
import re
import ssl
from pathlib import Path

import certifi

_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")
"""Names under which OpenSSL looks certificates up in a directory (docs.openssl.org,
openssl-rehash)."""


class CertificatesError(ValueError):
    """Certificates cannot be used; the text says why and what to do."""


@functools.cache
def context(file: Path | None = None, directories: tuple[Path, ...] = ()) -> ssl.SSLContext:
    """Returns the context of every TLS connection. It is loaded once, as that takes 20 ms.

    Args:
        file: SSL_CERT_FILE.
        directories: SSL_CERT_DIR.

    Raises:
        CertificatesError: they cannot be used.
    """
    system = _system() or {"cafile": certifi.where()}
    made = ssl.create_default_context(cafile=system.get("cafile"), capath=system.get("capath"))
    if file is not None:
        _load(made, file)
    found = [_load_directory(made, each) for each in directories]
    if directories and not any(found):
        said = "names no directory with certificates in PEM form that can be read"
        raise CertificatesError(f"{said}; correct it")
    return made


def usual() -> str:
    """Returns where the system's certificates come from, for messages."""
    return ", ".join(_system().values()) or "certifi's, as this machine has none"


def _system() -> dict[str, str]:
    """Returns the places that OpenSSL was built with, whatever SSL_CERT_FILE and SSL_CERT_DIR say.

    A Python from python.org on a Mac has no certificates at first.
    """
    paths = ssl.get_default_verify_paths()
    found = {}
    if Path(paths.openssl_cafile).is_file():
        found["cafile"] = paths.openssl_cafile
    if _hashed(Path(paths.openssl_capath)):
        found["capath"] = paths.openssl_capath
    return found


def _hashed(directory: Path) -> bool:
    """Returns whether OpenSSL can find a certificate there."""
    try:
        return any(_HASHED.fullmatch(each.name) for each in directory.iterdir())
    except OSError:
        return False


def _load(made: ssl.SSLContext, file: Path) -> None:
    try:
        made.load_verify_locations(cafile=file)
    # First, as an SSLError is an OSError too.
    except ssl.SSLError as error:
        said = f"has no certificates in PEM form that can be used ({error.reason})"
        raise CertificatesError(f"{said}; name a file that has") from None
    except OSError as error:
        raise CertificatesError(f"cannot be read ({error.strerror}); correct it") from None


def _load_directory(made: ssl.SSLContext, directory: Path) -> bool:
    """Loads a directory, by hash as OpenSSL does or else all files; returns if it found any."""
    if _hashed(directory):
        made.load_verify_locations(capath=directory)
        return True
    found = False
    with contextlib.suppress(OSError):
        for each in sorted(directory.iterdir()):
            # A README may lie beside the certificates.
            with contextlib.suppress(CertificatesError):
                _load(made, each)
                found = True
    return found
