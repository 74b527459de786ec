"""What Slack does with an acknowledgement, and what it tells people where none came."""

from sandbox.slack.arguments import Arguments
from sandbox.slack.block_kit import view_faults
from sandbox.slack.delivery import DISPATCH_FAILED, INVALID_OPTIONS, Answer, Kind, Payload
from sandbox.slack.directory import SLACKBOT
from sandbox.slack.elements import OFFERED, options_of
from sandbox.slack.errors import SlackError
from sandbox.slack.installation import Installation
from sandbox.slack.not_simulated import NOT_SIMULATED, tell
from sandbox.slack.records import JSON, Content, View
from sandbox.slack.workspace import Place


def carry_out(installation: Installation, payload: Payload, answer: Answer) -> Answer:
    """Carries out what an acknowledgement asks for; returns the answer, corrected.

    An acknowledgement that Slack cannot use counts as none: `dispatch_failed`, or where it was
    to offer options, `invalid_options`. One that the simulator cannot judge is `not_simulated`.
    """
    try:
        if answer.error is not None:
            _tell_failure(installation, payload, answer.error)
        elif payload.kind is Kind.COMMAND:
            _answer_command(installation, payload.body, answer.body or {})
        elif payload.body.get("type") == "view_submission":
            _answer_submission(installation, payload.body, answer.body or {})
        elif payload.body.get("type") == "block_suggestion":
            _answer_suggestion(installation, payload.body, answer.body or {})
    except SlackError as error:
        tell(error.answer())
        # A person sees no code for options that cannot be shown; all else is the same to them.
        own = error.code in {INVALID_OPTIONS, NOT_SIMULATED}
        return Answer(answer.status, answer.body, error.code if own else DISPATCH_FAILED)
    return answer


def _tell_failure(installation: Installation, payload: Payload, error: str) -> None:
    """Has Slackbot tell whoever typed a command; a button only shows a warning sign."""
    if payload.kind is not Kind.COMMAND:
        return
    command = payload.body
    text = f"{command['command']} failed with the error “{error}”"
    channel = installation.workspace.channel(command["channel_id"])
    installation.workspace.post(
        channel, Content(text), Place(SLACKBOT, visible_to=command["user_id"])
    )


def _answer_command(installation: Installation, payload: JSON, body: JSON) -> None:
    """Shows the answer to whoever typed the command; `in_channel` shows both to everybody."""
    if not body.get("text") and not body.get("blocks"):
        return
    content = Arguments(body).content(installation.faults)
    channel = installation.workspace.channel(payload["channel_id"])
    bot = installation.workspace.bot.id
    if body.get("response_type") != "in_channel":
        installation.workspace.post(channel, content, Place(bot, visible_to=payload["user_id"]))
        return
    typed = f"{payload['command']} {payload['text']}".strip()
    installation.workspace.post(channel, Content(typed), Place(payload["user_id"]))
    installation.workspace.post(channel, content, Place(bot))


def _answer_submission(installation: Installation, payload: JSON, body: JSON) -> None:
    """Does the `response_action`: surfaces/modals. Without one the view closes."""
    views = installation.workspace.views
    user = installation.workspace.user(payload["user"]["id"])
    view = {each.id: each for each in installation.workspace.modals(user)}.get(
        payload["view"]["id"]
    )
    if view is None:
        return  # closed meanwhile: by hand, or by the first delivery of the same submission
    match body.get("response_action"):
        case None:
            views.close(view)
        case "clear":
            views.close(view, whole_stack=True)
        case "errors":
            views.refuse(view, _checked_errors(view, body))
        case "update":
            views.update(view, _checked_view(installation, body))
        case "push":
            views.push(view, _checked_view(installation, body))
        case _:
            raise SlackError("invalid_arguments")


def _answer_suggestion(installation: Installation, payload: JSON, body: JSON) -> None:
    """Keeps what is offered; a person can choose nothing else."""
    faults = list(OFFERED(body, ""))
    if faults:
        raise SlackError.listing(INVALID_OPTIONS, faults)
    container = payload["container"]
    where = str(container.get("view_id") or container.get("message_ts"))
    menu = (payload["user"]["id"], where, payload["block_id"], payload["action_id"])
    installation.offered[menu] = options_of(body)


def _checked_errors(view: View, body: JSON) -> dict[str, str]:
    """Returns the errors. Slack takes them beside input blocks and nowhere else."""
    errors = body.get("errors") or {}
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not errors or not inputs.issuperset(errors):
        raise SlackError("invalid_arguments")
    return {str(block): str(words) for block, words in errors.items()}


def _checked_view(installation: Installation, body: JSON) -> JSON:
    view: JSON = body.get("view") or {}
    faults = view_faults(view, "modal", bad_images=installation.faults.bad_image_urls)
    if faults:
        raise SlackError.listing("invalid_arguments", faults)
    return view
