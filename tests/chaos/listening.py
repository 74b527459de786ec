"""Takes down what people are told in private: messages, and what stands in their forms."""

import time

from sandbox.slack import Message, SlackSimulator
from sandbox.slack.records import Change, ChangeKind, ChannelKind, View
from tests.chaos.refusals import Answer

_SAID = {ChangeKind.EPHEMERAL_POSTED, ChangeKind.EPHEMERAL_EDITED, ChangeKind.MESSAGE_POSTED}
_SHOWN = {ChangeKind.VIEW_OPENED, ChangeKind.VIEW_UPDATED}


class Listening:
    """Hears everything that is said to one person alone.

    Attributes:
        answers: what was heard so far, the oldest first.
    """

    def __init__(self, slack: SlackSimulator) -> None:
        self.answers: list[Answer] = []
        self._workspace = slack.workspace
        self._seen: set[tuple[str, str]] = set()
        self._workspace.subscribe(self._hear)

    def _hear(self, change: Change) -> None:
        subject = change.subject
        if change.kind in _SAID and isinstance(subject, Message):
            channel = self._workspace.channel(subject.channel)
            if subject.visible_to is not None or channel.kind is ChannelKind.IM:
                self._note(channel.name or channel.id, subject.text)
        elif change.kind in _SHOWN and isinstance(subject, View):
            version = (subject.id, subject.hash)
            if version not in self._seen:  # what somebody types changes a form as well
                self._seen.add(version)
                self._note(f"form {subject.id}", str(subject.blocks))

    def _note(self, name: str, text: str) -> None:
        self.answers.append(Answer(name, time.time(), text))
