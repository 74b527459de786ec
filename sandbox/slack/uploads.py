"""Files on their way into the workspace: first an address, then the bytes, then the share.

Order and names: https://docs.slack.dev/messaging/working-with-files#upload. Of the bytes only
their number, their digest and the first of them are kept, however large a file is.
"""

import hashlib
import mimetypes
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.records import File

UPLOAD_PATH = "/upload/v1/"
HEAD_BYTES = 64


@dataclass(slots=True)
class Arriving:
    """The bytes of a file while they come."""

    size: int = 0
    head: bytes = b""
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, chunk: bytes) -> None:
        """Counts and digests some more."""
        self.size += len(chunk)
        self.digest.update(chunk)
        self.head += chunk[: HEAD_BYTES - len(self.head)]


@dataclass(slots=True)
class Upload:
    """A file that was announced; `file` is there once all its bytes are."""

    id: str
    name: str
    length: int
    file: File | None = None

    def receive(self, bytes_: Arriving) -> bool:
        """Takes what came, and returns whether it is as much as was announced.

        Slack's pages do not tell what becomes of a file of another length; here it counts as
        not uploaded.
        """
        if bytes_.size != self.length:
            return False
        self.file = File(
            id=self.id,
            name=self.name,
            title=self.name,
            mimetype=mimetypes.guess_type(self.name)[0] or "application/octet-stream",
            size=bytes_.size,
            sha256=bytes_.digest.hexdigest(),
            head=bytes_.head,
        )
        return True


class Uploads:
    """Every file that was announced and not shared yet, by the path that takes its bytes."""

    def __init__(self) -> None:
        """Starts with none."""
        self._announced: dict[str, Upload] = {}

    def announce(self, file_id: str, name: str, length: int) -> str:
        """Takes a file's name and length; returns the path for its bytes."""
        path = UPLOAD_PATH + secrets.token_urlsafe(24)
        self._announced[path] = Upload(file_id, name, length)
        return path

    def find(self, path: str) -> Upload | None:
        """Returns the file whose bytes go to that path."""
        return self._announced.get(path)

    def uploaded(self, file_id: str) -> File:
        """Returns the file with that id, once all its bytes are there.

        Raises:
            SlackError: there is none, or it was completed before.
        """
        for upload in self._announced.values():
            if upload.id == file_id and upload.file is not None:
                return upload.file
        raise SlackError("file_not_found")

    def complete(self, file_id: str) -> None:
        """Ends the upload: each is completed once."""
        self._announced = {p: each for p, each in self._announced.items() if each.id != file_id}
