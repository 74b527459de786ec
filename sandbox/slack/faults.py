"""What goes wrong on request."""

from dataclasses import dataclass, field
from typing import TypeVar

Answer = TypeVar("Answer", int, str)


@dataclass(slots=True)
class Faults:
    """Set an attribute, and it happens to the calls that follow; counts run down to nothing.

    Methods go by their name, such as `chat.postMessage`; `response_url` and `upload_url` stand
    for those.

    Attributes:
        rate_limited: how many calls of a method get HTTP 429 before anything is stored.
        retry_after: what `Retry-After` of those says, in seconds; None leaves the header out.
        http_errors: HTTP statuses (500, 503) that a method's next calls get, nothing stored.
        errors: error names that a method's next calls get with HTTP 200, nothing stored.
        lost_answers: how many calls of a method are carried out and then get no answer: the
            connection drops. `link` is the opening of a Socket Mode connection.
        lost_calls: how many calls of a method are read and get no answer, nothing stored: a proxy
            on the way, or Slack's gateway, hangs up. Whoever called cannot tell it from a lost
            answer (RFC 9110, 9.2.2).
        failed_answers: how many calls of a method are carried out and then get HTTP 500.
        delays: seconds by which a method's answers are late, until taken out again; what was
            asked for is carried out at once.
        token_revoked: every token is refused as `token_revoked`.
        unavailable: the error name that every method answers, with HTTP 200, until it is empty
            again: `team_added_to_org` or `org_login_required` while the workspace moves into an
            organisation (methods/chat.postMessage, «Errors»).
        deliver_twice: how many of the next actions of people reach the app twice at once.
        envelopes_again: how many of the next Socket Mode envelopes of a type (`slash_commands`,
            `interactive`, `events_api`) come again, the same envelope, once the app has made a
            further connection; also those that it acknowledged.
        bad_image_urls: addresses of pictures which Slack cannot load; an image block with one
            of them is refused, and so is a card with such a hero image.
        refuse_carousels: messages and Home tabs with blocks `card` or `carousel` are refused as
            `invalid_blocks`: by a workspace whose API does not know them yet.
        file_uploads_disabled: an administrator has switched files off.
        bare_file_answers: files.completeUploadExternal tells id and title alone.
        rate_limits: keep to Slack's own limits per method, see `rate_limits`.
    """

    rate_limited: dict[str, int] = field(default_factory=dict)
    retry_after: int | None = 1
    http_errors: dict[str, list[int]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    lost_answers: dict[str, int] = field(default_factory=dict)
    lost_calls: dict[str, int] = field(default_factory=dict)
    failed_answers: dict[str, int] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    token_revoked: bool = False
    unavailable: str = ""
    deliver_twice: int = 0
    envelopes_again: dict[str, int] = field(default_factory=dict)
    bad_image_urls: set[str] = field(default_factory=set)
    refuse_carousels: bool = False
    file_uploads_disabled: bool = False
    bare_file_answers: bool = False
    rate_limits: bool = False


def count_off(counts: dict[str, int], method: str) -> bool:
    """Whether this call is one of those counted; counts it off."""
    left = counts.get(method, 0)
    if left:
        counts[method] = left - 1
    return left > 0


def take_next(queues: dict[str, list[Answer]], method: str) -> Answer | None:
    """Takes what the next call of a method gets from its queue; None if there is nothing."""
    queue = queues.get(method)
    return queue.pop(0) if queue else None
