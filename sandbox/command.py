"""The command line of `python -m sandbox`: serves a workspace until it is interrupted."""

import argparse
import asyncio
import sys
from pathlib import Path

import yaml

from sandbox import signals
from sandbox.slack import SlackSimulator, read_manifest
from sandbox.slack.page import Page

PROGRAM = "python -m sandbox"
PORT = 4000
PEOPLE = ("anna", "ben")
CHANNEL = "general"


def run() -> int:
    """Serves a workspace until a signal comes, and returns the exit code."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="A simulated Slack workspace with one app installed, in a browser.",
    )
    parser.add_argument("manifest", type=Path, help="the app's manifest.yml")
    parser.add_argument("--port", type=int, default=PORT, help=f"{PORT} unless given")
    parser.add_argument("--request-url", help="where payloads go over HTTP; else Socket Mode")
    parser.add_argument(
        "--decline", action="append", default=[], metavar="SCOPE", help="an optional scope"
    )
    asked = parser.parse_args()
    try:
        slack = SlackSimulator(read_manifest(asked.manifest), declined=asked.decline)
    except OSError as wrong:
        return _refuse(str(wrong))
    except ValueError as wrong:
        return _refuse(f"{asked.manifest}: {wrong}")
    except (yaml.YAMLError, TypeError, KeyError):
        return _refuse(f"{asked.manifest} is no app manifest: docs.slack.dev/app-manifests")
    try:
        asyncio.run(_serve(slack, asked.port, asked.request_url))
    except OSError as wrong:
        return _refuse(str(wrong))
    return 0


def _refuse(why: str) -> int:
    sys.stderr.write(f"{PROGRAM}: {why}\n")
    return 1


async def _serve(slack: SlackSimulator, port: int, request_url: str | None) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    signals.call(lambda: loop.call_soon_threadsafe(stop.set))
    people = [slack.workspace.add_user(name) for name in PEOPLE]
    slack.workspace.add_channel(CHANNEL)
    for person in people:
        slack.workspace.direct_message(person)
    slack.request_url = request_url
    try:
        await slack.start(port=port, extra_routes=Page(slack).routes())
        for part in slack.app.not_simulated:
            sys.stderr.write(f"{PROGRAM}: not simulated: {part}\n")
        sys.stdout.write(_greeting(slack))
        sys.stdout.flush()
        await stop.wait()
    finally:
        await slack.stop()
        signals.end_at_once()  # the loop, which could be told, is about to close


def _greeting(slack: SlackSimulator) -> str:
    settings = {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_CONFIG_TOKEN": slack.config_token,
    }
    lines = "\n".join(f"{name}={value}" for name, value in settings.items())
    return (
        f"A simulated workspace with {slack.app.name} installed: "
        f"{slack.api_url.removesuffix('/api/')}\n\n{lines}\n\nCtrl-C ends it.\n"
    )
