"""The arguments of a Web API call, however they were sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.slack.block_kit import cards_among, message_faults
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.message_limits import is_event_type, metadata_too_large
from sandbox.slack.not_simulated import NotSimulatedError
from sandbox.slack.records import Content
from sandbox.slack.schema import fault

TEXT = 40_000
"""Longer text is cut when posted: methods/chat.postMessage."""

NOT_SIMULATED = ("attachments", "markdown_text", "interactivity_pointer")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Arguments by name: of JSON types from a JSON body, strings from a form or a query."""

    values: Mapping[str, Any]

    def required(self, name: str) -> str:
        """Returns a string.

        Raises:
            SlackError: it is missing or empty.
        """
        value = self.optional(name)
        if value is None:
            raise SlackError.listing(
                "invalid_arguments", [fault(f"missing required field: {name}", "")]
            )
        return value

    def optional(self, name: str) -> str | None:
        """Returns a string, or None where it is missing or empty."""
        value = self.values.get(name)
        return None if value is None or value == "" else str(value)

    def flag(self, name: str) -> bool:
        """Returns a boolean; forms say `1` or `true`."""
        return str(self.values.get(name)).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        """Returns a whole number.

        Raises:
            SlackError: it is something else.
        """
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise SlackError("invalid_arguments") from None

    def structure(self, name: str, *, otherwise: str) -> Any:
        """Returns a JSON value, or None where it is missing; a form carries it as text.

        Raises:
            SlackError: `otherwise`, where the text is no JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(otherwise) from None

    def content(self, faulty: Faults) -> Content:
        """Returns what a message is to say.

        Raises:
            SlackError: it says nothing, Slack would refuse it, or the simulator does not know it.
        """
        for name in NOT_SIMULATED:
            if self.values.get(name):
                raise NotSimulatedError(name)
        blocks = self.structure("blocks", otherwise="invalid_blocks_format")
        faults = [] if blocks is None else message_faults(blocks, bad_images=faulty.bad_image_urls)
        if blocks and not faults and faulty.refuse_carousels:
            faults = cards_among(blocks, "/blocks")
        if faults:
            raise SlackError.listing("invalid_blocks", faults)
        text = self.optional("text") or ""
        if not text and not blocks:
            raise SlackError("no_text")
        kept = None if blocks is None else tuple(blocks)
        metadata = self._metadata()
        if metadata is not None and not is_event_type(metadata["event_type"]):
            metadata = None
        return Content(text[:TEXT], kept, metadata)

    def warnings(self) -> list[str]:
        """Returns what Slack remarks on a message that it takes all the same.

        Sources: changelog of 2018-04, «Truncating really long messages»;
        docs.slack.dev/messaging/message-metadata: metadata of a type it does not take is ignored.
        """
        metadata = self._metadata()
        wrong = metadata is not None and not is_event_type(metadata["event_type"])
        cut = len(self.optional("text") or "") > TEXT
        remarks = (("message_truncated", cut), ("invalid_metadata_schema", wrong))
        return [name for name, holds in remarks if holds]

    def _metadata(self) -> dict[str, Any] | None:
        """Returns the metadata as it was sent.

        Raises:
            SlackError: it has not the form, or is too large.
        """
        metadata = self.structure("metadata", otherwise="invalid_metadata_format")
        if metadata is None:
            return None
        if (
            not isinstance(metadata, dict)
            or not isinstance(metadata.get("event_type"), str)
            or not isinstance(metadata.get("event_payload"), dict)
        ):
            raise SlackError("invalid_metadata_format")
        if metadata_too_large(metadata):
            raise SlackError("metadata_too_large")
        return metadata
