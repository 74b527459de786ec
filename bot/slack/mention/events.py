"""Reads from a message event whether a person speaks to the bot, who, and where.

Fields: docs.slack.dev/reference/events/app_mention and /message.
"""

from dataclasses import dataclass
from typing import Any

from bot.domain.request import ChannelId, MessageTs, Origin, UserId

NOBODYS = "none"
"""Stands for a workspace that the event does not name. Nobody is let in by it."""
SLACKBOT = "USLACKBOT"
"""Slack's own bot. It posts the reminders that people write, mentions and all."""
_SET_APART = frozenset({"rich_text_list", "rich_text_quote"})


@dataclass(frozen=True, slots=True)
class Heard:
    """Holds what somebody said.

    Attributes:
        event: Slack's id of the event, the same for each delivery.
        text: as Slack sends it.
        bot: the bot's own id.
        direct: whether it was said in the bot's direct messages.
        message: the whole event.
    """

    event: str
    text: str
    bot: str
    origin: Origin
    direct: bool
    message: dict[str, Any]

    @property
    def set_apart(self) -> bool:
        """Returns whether a part of it is a list or a quotation, perhaps of others' words."""
        return any(
            isinstance(part, dict) and part.get("type") in _SET_APART
            for block in self.message.get("blocks") or ()
            for part in block.get("elements") or ()
        )


def heard(body: dict[str, Any], bot: str, now: float, *, direct: bool) -> Heard | None:
    """Returns what a person said; None for edits, and for messages that no person wrote.

    Slack tells an edited mention again under another id, and only `edited` tells it apart
    (slackapi/bolt-js#960, slack-go/slack#1256). A reply that is also shown in the channel has a
    subtype, and so has a message with a file; both are left alone.
    """
    event = body["event"]
    user = event.get("user")
    if not user or user in {bot, SLACKBOT} or _not_said(event):
        return None
    thread = event.get("thread_ts")
    origin = Origin(
        user=UserId(str(user)),
        channel=ChannelId(str(event["channel"])),
        at=now,
        thread=MessageTs(str(thread)) if thread else None,
        open_thread=MessageTs(str(thread)) if thread else None,
        teams=(_team(event),),
    )
    return Heard(str(body["event_id"]), str(event.get("text") or ""), bot, origin, direct, event)


def _not_said(event: dict[str, Any]) -> bool:
    return any(event.get(key) for key in ("subtype", "bot_id", "bot_profile", "edited", "hidden"))


def _team(event: dict[str, Any]) -> str:
    """Returns the author's workspace; in shared channels `user_team` (slack-go/slack#695).

    The workspace of the envelope is the app's (slackapi/java-slack-sdk#629).
    """
    named = (event.get(key) for key in ("user_team", "source_team", "team"))
    return next((each for each in named if isinstance(each, str) and each), NOBODYS)
