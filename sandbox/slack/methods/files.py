"""Methods that bring files into conversations: files.*."""

from dataclasses import replace
from typing import Any

from sandbox.slack.arguments import Arguments
from sandbox.slack.errors import SlackError
from sandbox.slack.identity import TEAM_DOMAIN
from sandbox.slack.installation import Installation
from sandbox.slack.not_simulated import NotSimulatedError
from sandbox.slack.records import JSON, Channel, Content, File
from sandbox.slack.scopes import is_member, need_scope, visible_channel
from sandbox.slack.workspace import Place

NOT_SIMULATED = ("channels", "blocks")


def get_upload_url(installation: Installation, arguments: Arguments) -> JSON:
    """Announces a file; hands out the address for its bytes.

    Raises:
        SlackError: files are switched off, or name or length is missing.
    """
    need_scope(installation, "files:write")
    name, length = arguments.required("filename"), arguments.number("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments")
    if installation.faults.file_uploads_disabled:
        raise SlackError("file_uploads_disabled")
    file_id = installation.workspace.new_id("F")
    path = installation.uploads.announce(file_id, name, length)
    return {"upload_url": installation.base_url + path, "file_id": file_id}


def complete_upload(installation: Installation, arguments: Arguments) -> JSON:
    """Ends the upload of files and shares them, in one message, where a channel is named.

    Raises:
        SlackError: a file was not uploaded, or was completed before; or nobody may post there.
    """
    need_scope(installation, "files:write")
    for name in NOT_SIMULATED:
        if arguments.optional(name):
            what = f"{name} of files.completeUploadExternal"
            raise NotSimulatedError(what)
    files = _wanted(installation, arguments.structure("files", otherwise="invalid_arguments"))
    channel_id = arguments.optional("channel_id")
    if channel_id is not None:
        channel = _shared_in(installation, channel_id)
        content = Content(arguments.optional("initial_comment") or "", files=files)
        thread_ts = arguments.optional("thread_ts")
        if thread_ts is not None and not installation.workspace.thread(channel, thread_ts):
            raise SlackError("thread_not_found")
        installation.workspace.post(
            channel, content, Place(installation.workspace.bot.id, thread_ts=thread_ts)
        )
    for file in files:
        installation.uploads.complete(file.id)
    return {"files": [_completed(installation, file) for file in files]}


def _completed(installation: Installation, file: File) -> JSON:
    """Returns what is told of a file that was completed.

    The example of the method's page has id and title alone; the answer's type in
    `@slack/web-api` (FilesCompleteUploadExternalResponse) has a whole file object.
    """
    told = {"id": file.id, "title": file.title}
    if installation.faults.bare_file_answers:
        return told
    owner = installation.workspace.bot.id
    place = f"https://{TEAM_DOMAIN}.slack.com/files/{owner}/{file.id}"
    return told | {"name": file.name, "permalink": f"{place}/{file.name}"}


def _wanted(installation: Installation, sent: Any) -> tuple[File, ...]:
    """Returns the files by the ids that were sent, with their titles."""
    if not isinstance(sent, list) or not sent or not all(isinstance(each, dict) for each in sent):
        raise SlackError("invalid_arguments")
    files = [
        (installation.uploads.uploaded(str(each.get("id"))), each.get("title")) for each in sent
    ]
    return tuple(replace(file, title=str(title or file.name)) for file, title in files)


def _shared_in(installation: Installation, channel_id: str) -> Channel:
    """Returns the channel to share files in. The bot has to be a member there.

    `chat:write.public` does not help.
    """
    channel = visible_channel(installation, channel_id)
    if channel.archived:
        raise SlackError("is_archived")
    if not is_member(installation, channel):
        raise SlackError("not_in_channel")
    return channel
