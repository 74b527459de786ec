"""`python -m sandbox`: another app is developed against it, as its author would start it."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSimulator
from tests.conftest import ROOT, Process, free_port
from tests.e2e.processes import end_of, started
from tests.nursery import Nursery
from tests.plain_http import plain_http

SNIPPETS = re.findall(r"```python\n(.*?)```", (ROOT / "docs/sandbox.md").read_text(), re.DOTALL)
HELLO = {
    "display_information": {"name": "Hello"},
    "features": {
        "bot_user": {"display_name": "hello"},
        "slash_commands": [{"command": "/hello", "description": "says hello"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": True},
}


def simulator(
    *arguments: str, nursery: Nursery | None = None
) -> contextlib.AbstractAsyncContextManager[Process]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    python = (sys.executable, "-m", "sandbox", *arguments)
    return started(environ, ROOT, *python, nursery=nursery)


async def test_an_app_uses_what_it_prints_and_a_person_the_page() -> None:
    """It is started as its author would; the others, where there is a nursery, from there."""
    async with simulator("manifest.yml", "--port", str(free_port())) as process:
        assert process.stdout is not None
        said = ""
        async with asyncio.timeout(60):
            while "Ctrl-C" not in said:
                said += (await process.stdout.readline()).decode()
        settings = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
        client = AsyncWebClient(
            token=settings["SLACK_BOT_TOKEN"], base_url=settings["SLACK_API_URL"]
        )
        assert (await client.auth_test())["team"] == "Simulated"
        async with plain_http(trust_env=False) as http:
            page = await http.get(settings["SLACK_API_URL"].removesuffix("api/"))
        assert page.status_code == 200
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            assert await process.wait() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No such file"),
        ("[a] = b: {", "is no app manifest"),
        ("- a list", "is no app manifest"),
        ("features: {}", "/display_information: must have required property 'name'"),
        ("display_information: {name: x}\nfeatures: {slash_commands: [{}]}", "is no app manifest"),
        (
            "display_information: {name: App}\n"
            "settings: {socket_mode_enabled: true, event_subscriptions: "
            "{bot_events: [app_mention, reaction_added]}}",
            "subscribes to reaction_added, which",
        ),
    ],
)
async def test_what_is_no_manifest_is_refused_in_a_sentence(
    text: str | None, said: str, tmp_path: Path, nursery: Nursery | None
) -> None:
    manifest = tmp_path / "manifest.yml"
    if text is not None:
        manifest.write_text(text)
    async with simulator(str(manifest), "--port", "0", nursery=nursery) as process:
        ended = await end_of(process)
    assert ended.code == 1
    assert said in ended.err
    assert ended.err.count("\n") == 1


async def test_what_of_a_manifest_is_not_simulated_is_listed_at_the_start(
    tmp_path: Path, nursery: Nursery | None
) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(
        "display_information: {name: App}\n"
        "features: {unfurl_domains: [iacrea.com]}\n"
        "functions: {sample: {}}\n"
        "oauth_config: {scopes: {bot: [chat:write, reactions:write], user: [search:read]}}\n"
        "settings: {org_deploy_enabled: true, token_rotation_enabled: false}\n"
    )
    async with simulator(str(manifest), "--port", "0", nursery=nursery) as process:
        assert process.stderr is not None
        async with asyncio.timeout(60):
            listed = [(await process.stderr.readline()).decode() for _ in range(5)]
    assert [line.removeprefix("python -m sandbox: not simulated: ") for line in listed] == [
        "functions\n",
        "features.unfurl_domains\n",
        "scope reactions:write\n",
        "oauth_config.scopes.user\n",
        "settings.org_deploy_enabled\n",
    ]


async def test_a_port_that_is_taken_is_said(nursery: Nursery | None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        async with simulator("manifest.yml", "--port", port, nursery=nursery) as process:
            ended = await end_of(process)
    assert ended.code == 1
    assert "address already in use" in ended.err


async def test_an_optional_scope_is_declined_and_no_other(nursery: Nursery | None) -> None:
    asked = ("manifest.yml", "--port", str(free_port()), "--decline")
    declined = ("users:read", "--decline", "chat:write")
    async with simulator(*asked, *declined, nursery=nursery) as process:
        ended = await end_of(process)
    assert ended.code == 1
    assert "no optional scopes of this app: chat:write" in ended.err


@contextlib.asynccontextmanager
async def running(snippet: str, slack: SlackSimulator) -> AsyncIterator[asyncio.subprocess.Process]:
    """A snippet of docs/sandbox.md as its reader runs it."""
    environment = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", snippet),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def test_the_readmes_bolt_app_answers_a_command() -> None:
    bolt, _ = SNIPPETS
    async with SlackSimulator(HELLO) as slack, running(bolt, slack):
        await slack.until(lambda _: slack.connections)
        ann = slack.workspace.add_user("ann")
        films = slack.workspace.add_channel("films")

        delivery = await slack.command(ann, films, "/hello")

    assert delivery.ack == {"text": "Hello!"}


async def test_the_readmes_plain_client_says_who_it_is() -> None:
    _, plain = SNIPPETS
    async with SlackSimulator(HELLO) as slack, running(plain, slack) as process:
        async with asyncio.timeout(60):
            said, _ = await process.communicate()

    assert said.decode().strip() == slack.workspace.bot.id
