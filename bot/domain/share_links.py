"""Links that people copy from a file share, and the file behind them where a form is documented.

A link that we made is tried and not trusted: what it leads to has to turn out to be a picture.
"""

import re
from enum import StrEnum
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from bot.domain.images import MOST_CHARACTERS


class Share(StrEnum):
    """Where files are shared by links that open a page."""

    DROPBOX = "Dropbox"
    DRIVE = "Google Drive"
    GOOGLE_PHOTOS = "Google Photos"
    ONEDRIVE = "OneDrive"
    SHAREPOINT = "SharePoint"
    ICLOUD = "iCloud"
    WETRANSFER = "WeTransfer"


_HOSTS = {
    "dropbox.com": Share.DROPBOX,
    "drive.google.com": Share.DRIVE,
    "photos.google.com": Share.GOOGLE_PHOTOS,
    "photos.app.goo.gl": Share.GOOGLE_PHOTOS,
    "onedrive.live.com": Share.ONEDRIVE,
    "1drv.ms": Share.ONEDRIVE,
    "sharepoint.com": Share.SHAREPOINT,
    "icloud.com": Share.ICLOUD,
    "wetransfer.com": Share.WETRANSFER,
    "we.tl": Share.WETRANSFER,
}
_SHARED_ON_DROPBOX = re.compile(r"/(?:s|scl/fi)/.+")
_ON_DRIVE = re.compile(r"/file/d/([\w-]{10,200})(?:/.*)?")
_DRIVE_ID = re.compile(r"[\w-]{10,200}")


def share_of(link: str) -> Share | None:
    """Returns the share whose page a link opens; None for any other place."""
    parts = urlsplit(link)
    host = (parts.hostname or "").rstrip(".")
    for known, share in _HOSTS.items():
        if host == known or host.endswith(f".{known}"):
            return share
    return None


def file_link(link: str) -> str:
    """Returns the link to the file itself where its share documents one, else the link as it is.

    The others document none: Microsoft's want a sign-in (learn.microsoft.com/graph/api/shares-get),
    WeTransfer closed its public API (wetransfer.github.io/wt-api-docs).
    """
    parts, share = urlsplit(link), share_of(link)
    made = link
    if share is Share.DROPBOX:
        made = _on_dropbox(parts)
    elif share is Share.DRIVE:
        made = _on_drive(parts)
    return made if len(made) <= MOST_CHARACTERS else link


def _on_dropbox(parts: SplitResult) -> str:
    """Asks for the file with `raw=1`. Source: help.dropbox.com/share/force-download."""
    if not _SHARED_ON_DROPBOX.fullmatch(parts.path):
        return parts.geturl()
    kept = [(key, value) for key, value in _query(parts) if key not in {"dl", "raw"}]
    return parts._replace(query=urlencode([*kept, ("raw", "1")]), fragment="").geturl()


def _on_drive(parts: SplitResult) -> str:
    """Names the file as the API's `webContentLink` does, «for downloading in a browser».

    Source: developers.google.com/workspace/drive/api/guides/manage-downloads. A resource key goes
    along: developers.google.com/workspace/drive/api/guides/resource-keys.
    """
    named = _ON_DRIVE.fullmatch(parts.path)
    query = dict(_query(parts))
    file = named[1] if named else query.get("id", "")
    if not _DRIVE_ID.fullmatch(file) or not (named or parts.path in {"/open", "/uc"}):
        return parts.geturl()
    key = query.get("resourcekey")
    beside = f"&resourcekey={quote(key, safe='')}" if key else ""
    return f"https://drive.google.com/uc?id={file}&export=download{beside}"


def _query(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True)
