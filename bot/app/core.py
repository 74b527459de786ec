"""Builds what spends and what polls, which works before we know who the bot is in Slack."""

from dataclasses import dataclass

from bot.app.polling import Notes, build_notes
from bot.config import Config
from bot.deliveries import PendingDeliveries
from bot.iacrea.client import IACrea
from bot.iacrea.pictures import Pictures
from bot.regenerate import Regenerator
from bot.slack.answering.video_reader import VideoReader
from bot.stopping import Stopping
from bot.store.stores import Stores

POLLS_AT_ONCE = 100
"""With the steps, as many as the client has connections. Plenty for 1,000 videos every 3 s."""
STEPS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Core:
    """Holds what works without Slack, and goes on while Slack is away.

    Attributes:
        config: the settings.
        stores: everything that is kept in Redis.
        deliveries: Slack's deliveries that are not acknowledged yet, which go first.
        iacrea: the client.
        reader: reads a video for somebody, and knows what the polls saw.
        regenerator: spends.
        stopping: ends requests, where people say so.
        notes: what the polls saw, until it is shown.
    """

    config: Config
    stores: Stores
    deliveries: PendingDeliveries
    iacrea: IACrea
    reader: VideoReader
    regenerator: Regenerator
    stopping: Stopping
    notes: Notes


def build_core(config: Config, stores: Stores, deliveries: PendingDeliveries) -> Core:
    """Builds it; nothing runs yet."""
    iacrea = IACrea(
        config.iacrea_base_url,
        config.iacrea_api_key.reveal(),
        config.network,
        # So that no poll makes a step wait, nor the other way round.
        connections=POLLS_AT_ONCE + STEPS_AT_ONCE,
    )
    pictures = Pictures(config.iacrea_base_url, config.network)
    reader = VideoReader(iacrea, stores.requests, stores.videos, stores.estimates)
    return Core(
        config=config,
        stores=stores,
        deliveries=deliveries,
        iacrea=iacrea,
        reader=reader,
        regenerator=Regenerator(stores, iacrea, pictures, timeout=config.generation_timeout),
        stopping=Stopping(stores.requests, config.generation_timeout),
        notes=build_notes(reader),
    )
