"""What a message event says: whether a person speaks to the bot, who, and where.

Fields: docs.slack.dev/reference/events/app_mention and /message.
"""

from dataclasses import dataclass
from typing import Any

from bot.domain.request import ChannelId, MessageTs, Origin, UserId

NOBODYS = "none"
"""Stands for the workspace of an author whose event names none: nobody is let in by it."""
SLACKBOT = "USLACKBOT"
"""Says what people had it remind them of."""
_SET_APART = frozenset({"rich_text_list", "rich_text_quote"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said.

    Attributes:
        event: Slack's id, the same for each delivery of it.
        text: as Slack sends it.
        bot: the bot's own id.
        direct: in the bot's direct messages.
        message: all that the event tells.
    """

    event: str
    text: str
    bot: str
    origin: Origin
    direct: bool
    message: dict[str, Any]

    @property
    def set_apart(self) -> bool:
        """Whether a part of it is a list or a quotation."""
        return any(
            isinstance(part, dict) and part.get("type") in _SET_APART
            for block in self.message.get("blocks") or ()
            for part in block.get("elements") or ()
        )


def heard(body: dict[str, Any], bot: str, now: float, *, direct: bool) -> Heard | None:
    """Returns what a person said; None for what no person says, or says for the first time.

    A mention that is edited is told again under another id, and only `edited` tells it apart
    (slackapi/bolt-js#960, slack-go/slack#1256). A reply that is shown in the channel as well, and
    what comes with a file, has a subtype.
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
    """The author's workspace; the envelope's is the app's (slackapi/java-slack-sdk#629).

    In shared channels `user_team` tells (slack-go/slack#695).
    """
    named = (event.get(key) for key in ("user_team", "source_team", "team"))
    return next((each for each in named if isinstance(each, str) and each), NOBODYS)
