"""A Slack workspace on loopback, for the demo and the tests: real HTTP, real WebSockets.

`SlackSimulator` is the way in. It speaks the Web API, Socket Mode, signed HTTP requests, response
and upload URLs, and holds the app to Slack's documented rules: tokens and scopes, membership,
Block Kit's limits, `trigger_id` and `response_url` that lapse, three seconds to acknowledge. It
imports neither the product nor Slack's SDK, since a shared helper would let both sides agree on
the same mistake; its tests drive it with Slack's own SDK and Bolt.

`page.Page` shows it in a browser, and `python -m sandbox` starts it for any app.

Inside, `workspace`, `directory`, `user_groups`, `views` and `uploads` hold the state and know no
I/O; `methods` are functions of state and arguments; `web_api`, `socket_mode` (with `websocket`),
`response_urls`, `upload_urls` and `signed_http` are the wire; `user_actions` is what people can do,
`interactions`, `fields` and `events` make payloads of it; `acknowledgements` does what the app's
answers ask for; `objects` and `message_objects` write the JSON; `faults` is what goes wrong on
request.

An app begins as it does at Slack: its manifest breaks no rule or is refused, its bot is a member
nowhere, optional scopes may be declined one by one, without a Messages tab there are no direct
messages, and over HTTP events come only once a challenge was answered.

An app has ten WebSockets at most. Slack pings each, closes what it asked to be replaced, and sends
an event that nobody acknowledged once more, in the same envelope, over the next connection.

Cards and carousels stand in messages and Home tabs, alerts in modals. An external select asks the
app (`suggest`) and then offers what it answered. What is chosen and typed in a view (`select`,
`fill`) is kept as its state, told at once only where its block says so, and outlives updates that
keep the ids. Of uploaded files only name, size, digest and first bytes are kept.

People may be of other organisations, of another workspace of the same one, or guests. In a channel
shared with them they press what they see, and are offered no command and no shortcut; a private
channel that becomes shared (`share`) gets another id. User groups (`groups`) are never deleted,
only disabled.

What is said, edited and deleted is told to an app that subscribes to it, its own messages too
(`message_events`), and messages and views come back as Slack returns them (`message_objects`).

Not simulated: events but those in `not_simulated.EVENTS`, and of messages the subtypes of people
who join, leave or rename; attachments, `markdown_text`, `files.info` and files that Slack shares
late; styles, lists and emoji of what people type; what people choose in input blocks of messages;
more of Enterprise Grid than its ids, user tokens, OAuth, workflows; methods but `methods.METHODS`,
blocks and elements but those that `block_kit` and `elements` name. What of this an app asks for is
answered with `not_simulated`, which is no error of Slack's, and told on stderr, so that nobody
takes it for checked. Arguments that only change looks (`unfurl_links`), and unknown ones, pass
unseen.
"""

from sandbox.slack.delivery import Answer, Delivery, Kind, Payload
from sandbox.slack.directory import SLACKBOT
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.installation import Call
from sandbox.slack.manifest import App, read_manifest
from sandbox.slack.manifest_rules import ManifestError
from sandbox.slack.records import (
    Change,
    ChangeKind,
    Channel,
    ChannelKind,
    ConfirmationDialog,
    File,
    Guest,
    Message,
    User,
    UserGroup,
    Version,
    View,
)
from sandbox.slack.simulator import SlackSimulator
from sandbox.slack.workspace import Workspace

__all__ = [
    "SLACKBOT",
    "Answer",
    "App",
    "Call",
    "Change",
    "ChangeKind",
    "Channel",
    "ChannelKind",
    "ConfirmationDialog",
    "Delivery",
    "Faults",
    "File",
    "Guest",
    "Kind",
    "ManifestError",
    "Message",
    "Payload",
    "SlackError",
    "SlackSimulator",
    "User",
    "UserGroup",
    "Version",
    "View",
    "Workspace",
    "read_manifest",
]
