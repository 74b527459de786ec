"""The Web API methods that the simulator knows: each a function of installation and arguments.

A method raises SlackError for whatever Slack would refuse.
"""

from collections.abc import Callable, Mapping

from sandbox.slack.arguments import Arguments
from sandbox.slack.installation import Installation
from sandbox.slack.methods import accounts, chat, conversations, files, usergroups, views
from sandbox.slack.records import JSON

Method = Callable[[Installation, Arguments], JSON]

METHODS: Mapping[str, Method] = {
    "apps.connections.open": accounts.connections_open,
    "apps.manifest.validate": accounts.manifest_validate,
    "auth.test": accounts.auth_test,
    "bots.info": accounts.bots_info,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.history": conversations.history,
    "conversations.info": conversations.info,
    "conversations.open": conversations.open_direct_message,
    "conversations.replies": conversations.replies,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "usergroups.list": usergroups.list_groups,
    "usergroups.users.list": usergroups.users_list,
    "users.conversations": conversations.of_user,
    "users.info": accounts.users_info,
    "views.open": views.open_modal,
    "views.publish": views.publish,
    "views.push": views.push,
    "views.update": views.update,
}
