"""A Slack workspace on loopback, for the demo and the tests: real HTTP, real WebSockets.

`SlackSimulator` is the way in. It speaks the Web API, Socket Mode, signed HTTP requests and
response URLs, and holds the app to Slack's documented rules: tokens and scopes, membership,
Block Kit's limits, `trigger_id` and `response_url` that lapse, three seconds to acknowledge. It
imports neither the product nor Slack's SDK, since a shared helper would let both sides agree on
the same mistake; its tests drive it with Slack's own SDK and Bolt.

Inside, `workspace` and `views` hold the state and know no I/O; `methods` are functions of state
and arguments; `web_api`, `socket_mode`, `response_urls` and `signed_http` are the wire; `gestures`
makes payloads of what people do; `acknowledgements` does what the app's answers ask for; `faults`
is what goes wrong on request.

Not simulated: files, attachments, Enterprise Grid, user tokens, OAuth, and blocks beyond those
that `block_kit` names. Methods, blocks and message formats it does not know are refused, so that
nobody takes them for checked; arguments that only change looks (`unfurl_links`) pass unseen.
"""

from bot.simulator.slack.delivery import Answer, Delivery, Kind, Parcel
from bot.simulator.slack.errors import SlackError
from bot.simulator.slack.faults import Faults
from bot.simulator.slack.installation import Call
from bot.simulator.slack.manifest import App, read_manifest
from bot.simulator.slack.records import (
    Change,
    ChangeKind,
    Channel,
    ChannelKind,
    Message,
    User,
    Version,
    View,
)
from bot.simulator.slack.simulator import SlackSimulator
from bot.simulator.slack.workspace import SLACKBOT, Workspace

__all__ = [
    "SLACKBOT",
    "Answer",
    "App",
    "Call",
    "Change",
    "ChangeKind",
    "Channel",
    "ChannelKind",
    "Delivery",
    "Faults",
    "Kind",
    "Message",
    "Parcel",
    "SlackError",
    "SlackSimulator",
    "User",
    "Version",
    "View",
    "Workspace",
    "read_manifest",
]
