"""Whether Slack takes the manifest that this bot asks for, where a developer lets it be asked."""

import json
from collections.abc import AsyncIterator

from bot import manifest
from bot.config import NETWORK_VARIABLES, Config, Environment, Secret
from bot.doctor.findings import Finding, Section
from bot.slack.connection.errors import SlackError, SlackRefusedError, SlackUnauthorisedError
from bot.slack.connection.web_api import WebApi, web_client

VARIABLE = "SLACK_CONFIG_TOKEN"
"""Read here and nowhere else: the bot needs none, and one lives for 12 hours only."""

_HERE = Section("Slack")
_GENERATE = (
    "https://api.slack.com/apps, Your App Configuration Tokens, Generate Token: copy the Access "
    f"Token, and ask again as {VARIABLE}=xoxe.xoxp-… regen-bot doctor"
)
_STAND_IN = "https://regen-bot.example.com"
"""In the place of the bot's own address, which no setting tells; to validate, Slack calls none."""


async def check(
    environ: Environment, config: Config, broken: frozenset[str]
) -> AsyncIterator[Finding]:
    """Asks Slack about the manifest that `regen-bot manifest` prints for this bot's mode."""
    token = Secret(environ.get(VARIABLE, "").strip())
    for finding in await _looked_over(token, config, broken):
        yield finding


async def _looked_over(token: Secret, config: Config, broken: frozenset[str]) -> list[Finding]:
    if not token.reveal():
        said = f"not checked: Slack does so only with a configuration token, {VARIABLE}"
        return [_HERE.note("manifest", said, _GENERATE)]
    if token.reveal().startswith("xoxe-"):
        said = f"not checked: {VARIABLE} is a refresh token"
        return [_HERE.warning("manifest", said, "copy the Access Token above it, xoxe.xoxp-…")]
    if missing := broken & {"SLACK_API_URL", "SLACK_COMMAND", *NETWORK_VARIABLES}:
        return [_HERE.skipped("manifest", min(missing))]
    try:
        await _validate(config, token)
    except SlackRefusedError as refused:
        return _wrong(refused) or [_unasked(refused)]
    except SlackError as error:
        return [_unasked(error)]
    return [_HERE.ok("manifest", "Slack takes what `regen-bot manifest` prints")]


async def _validate(config: Config, token: Secret) -> None:
    url = _STAND_IN if config.slack_app_token is None else None
    asked = manifest.fitted(manifest.read(), command=config.slack_command, url=url)
    api = WebApi(web_client(token.reveal(), config.slack_api_url, config.network))
    await api.call("apps.manifest.validate", manifest=json.dumps(asked))


def _wrong(refused: SlackRefusedError) -> list[Finding]:
    """Returns every place in the manifest that Slack objects to; none where it does not."""
    if refused.reason != "invalid_manifest":
        return []
    mend = "put it right in what `regen-bot manifest` prints; and please report it"
    # Refused is refused, also where Slack names no place.
    errors = refused.answer.get("errors") or [{}]
    return [
        _HERE.failed(
            "manifest",
            f"Slack refuses it at {each.get('pointer') or '/'}: {each.get('message') or refused}",
            mend,
        )
        for each in errors
    ]


def _unasked(error: SlackError) -> Finding:
    """Says why Slack has not looked at it, which means nothing about the manifest."""
    if str(error) == "token_expired":
        said = f"not checked: {VARIABLE} has expired, as they do after 12 hours"
        return _HERE.warning("manifest", said, _GENERATE)
    if isinstance(error, SlackRefusedError | SlackUnauthorisedError):
        said = f"not checked: Slack refuses {VARIABLE} ({error})"
        return _HERE.warning("manifest", said, _GENERATE)
    return _HERE.warning("manifest", f"not checked: no answer of Slack's ({error!r})", "ask later")
