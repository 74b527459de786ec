"""A Bolt app that does nothing but acknowledge: `python -m bench.bare_bolt <port>`."""

import asyncio
import os
import sys

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def application() -> web.Application:
    """Bolt's own web server, with one command, on Bolt's defaults."""
    token = os.environ["SLACK_BOT_TOKEN"]
    client = AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.command("/regen")(acknowledge)
    routes = app.server(0, "/slack/events").web_app

    async def readyz(_: web.Request) -> web.Response:
        return web.Response()

    routes.router.add_get("/readyz", readyz)
    return routes


if __name__ == "__main__":
    web.run_app(
        application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        print=None,
        access_log=None,
        loop=asyncio.new_event_loop(),
    )
