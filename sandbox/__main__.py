"""`python -m sandbox manifest.yml`: a workspace to develop any app against, in a browser."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import yaml

from sandbox.slack import SlackSimulator, read_manifest
from sandbox.slack.page import Page

PROGRAM = "python -m sandbox"
PORT = 4000
PEOPLE = ("anna", "ben")
CHANNEL = "general"


def main() -> int:
    """Serves a workspace until it is interrupted; the answer is the exit code."""
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
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
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


if __name__ == "__main__":
    sys.exit(main())
