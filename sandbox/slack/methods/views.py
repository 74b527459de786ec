"""Methods that show modals and Home tabs: views.*."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.block_kit import cards_among, view_faults
from sandbox.slack.errors import SlackError
from sandbox.slack.installation import Installation
from sandbox.slack.objects import view_json
from sandbox.slack.records import JSON


def open_modal(installation: Installation, arguments: Arguments) -> JSON:
    """Opens a modal for whoever earned the trigger id."""
    body = _body(installation, arguments, "modal")
    trigger = installation.triggers.exchange(arguments.required("trigger_id"))
    return {"view": view_json(installation.workspace.views.open(trigger.user, body))}


def push(installation: Installation, arguments: Arguments) -> JSON:
    """Lays a view on the modal in which the trigger id was earned."""
    body = _body(installation, arguments, "modal")
    trigger = installation.triggers.exchange(arguments.required("trigger_id"))
    below = installation.workspace.views.find(view_id=trigger.view)
    return {"view": view_json(installation.workspace.views.push(below, body))}


def update(installation: Installation, arguments: Arguments) -> JSON:
    """Replaces what an open modal shows."""
    body = _body(installation, arguments, "modal")
    view = installation.workspace.views.find(
        view_id=arguments.optional("view_id"), external_id=arguments.optional("external_id")
    )
    updated = installation.workspace.views.update(view, body, expected_hash=_hash(arguments))
    return {"view": view_json(updated)}


def publish(installation: Installation, arguments: Arguments) -> JSON:
    """Sets one person's Home tab.

    Raises:
        SlackError: the manifest has no Home tab, or the view is refused.
    """
    if not installation.app.home_tab:
        raise SlackError("not_enabled")
    body = _body(installation, arguments, "home")
    user = installation.workspace.user(arguments.required("user_id"))
    published = installation.workspace.views.publish(user.id, body, expected_hash=_hash(arguments))
    return {"view": view_json(published)}


def _hash(arguments: Arguments) -> str | None:
    """Returns the hash of the view that the app read last; an empty one matches none.

    Source: slack-go#1462.
    """
    value = arguments.values.get("hash")
    return None if value is None else str(value)


def _body(installation: Installation, arguments: Arguments, kind: str) -> JSON:
    """Returns the view as sent. Slack refuses a faulty one with `invalid_arguments`.

    Raises:
        SlackError: it is faulty, or has cards (`invalid_blocks`) where those are not known yet.
    """
    body = arguments.structure("view", otherwise="invalid_arguments")
    faults = view_faults(body, kind, bad_images=installation.faults.bad_image_urls)
    if faults:
        raise SlackError.listing("invalid_arguments", faults)
    cards = (
        cards_among(body["blocks"], "/view/blocks") if installation.faults.refuse_carousels else []
    )
    if cards:
        raise SlackError.listing("invalid_blocks", cards)
    view: JSON = body
    return view
