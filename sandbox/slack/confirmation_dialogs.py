"""The questions that Slack asks before it tells an app of a press or a choice.

Source: docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object. Of a menu
the dialog comes once something was chosen: reference/block-kit/block-elements/select-menu-element.
"""

from sandbox.slack.installation import Installation
from sandbox.slack.interactions import element_of
from sandbox.slack.records import ConfirmationDialog, Message, User, View


def ask(
    installation: Installation,
    user: User,
    target: Message | View,
    action_id: str,
    block_id: str | None,
    *,
    agreed: bool,
) -> ConfirmationDialog | None:
    """Notes the question that an element asks, and its answer; None where it asks none.

    Raises:
        ValueError: there is no such element.
    """
    _, element = element_of(target, action_id, block_id)
    confirm = element.get("confirm")
    if confirm is None:
        return None
    words = {name: confirm[name]["text"] for name in ("title", "text", "confirm", "deny")}
    dialog = ConfirmationDialog(user.id, **words, agreed=agreed)
    installation.dialogs.append(dialog)
    return dialog
