"""Holds Slack's published rate limits, and the somewhat lower ones that the bot keeps to.

Source: docs.slack.dev/apis/web-api/rate-limits, and the page of each method. Tiers count per method
and workspace: 20 calls a minute (Tier 2), 50 (Tier 3), 100 (Tier 4). A message a second may be
posted in a channel, «short bursts» allowed, and «several hundred» a minute in the workspace.
"""

from bot.domain.budget import Limit

POST = "chat.postMessage"
EDIT = "chat.update"
PUBLISH = "views.publish"

EDITS_APART = 3.0
"""Seconds between two edits that show progress in one message. A bar that moves faster tells nobody
more, and 15 running requests alone would use up Tier 3."""
HOMES_APART = 10.0
"""Seconds between two refreshments of one Home tab."""

# Rate and burst together stay within what Slack promises for any one minute.
_TIER_2 = Limit(per_minute=18, burst=2)
_TIER_3 = Limit(per_minute=45, burst=5)
_TIER_4 = Limit(per_minute=85, burst=15)
_IN_A_CHANNEL = Limit(per_minute=60, burst=2)
# «Several hundred» is read as 300 in any one minute.
_IN_THE_WORKSPACE = Limit(per_minute=240, burst=60)

_LIMITS = {
    "chat.delete": _TIER_3,
    "chat.postEphemeral": _TIER_4,
    POST: _IN_THE_WORKSPACE,
    EDIT: _TIER_3,
    "conversations.history": _TIER_3,
    "conversations.info": _TIER_3,
    "conversations.replies": _TIER_3,
    "files.completeUploadExternal": _TIER_4,
    "files.getUploadURLExternal": _TIER_4,
    "usergroups.users.list": _TIER_2,
    "users.conversations": _TIER_3,
    "users.info": _TIER_4,
    "views.open": _TIER_4,
    PUBLISH: _TIER_4,
    "views.update": _TIER_4,
}


def limits(method: str, channel: str) -> dict[str, Limit]:
    """Returns the budgets that a call takes from, by name; none if Slack publishes no limit.

    A `Retry-After` stops the first of them: the method, or posts in that channel.
    """
    if method == POST and channel:
        return {f"{POST}:{channel}": _IN_A_CHANNEL, POST: _IN_THE_WORKSPACE}
    limit = _LIMITS.get(method)
    return {} if limit is None else {method: limit}
