"""What works before it is known who the bot is in Slack: it spends, and it polls."""

from dataclasses import dataclass

from bot.config import Config
from bot.deliveries import PendingDeliveries
from bot.iacrea.client import IACrea
from bot.regenerate import LEASE, Regenerator
from bot.slack.answering.video_reader import VideoReader
from bot.slack.storyboard.shared import StoryboardNotes
from bot.slack.telling.progress import ProgressNotes
from bot.store.queues import Queue
from bot.store.stores import Stores
from bot.tracker import Listeners, Schedule, Tracker
from bot.worker import ClaimLimits, Worker

POLLS_AT_ONCE = 100
"""With the steps, as many as the client has connections for; plenty for 1,000 videos at 3 s."""
STEPS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Core:
    """What works without Slack, and goes on while Slack is away.

    Attributes:
        config: the settings.
        stores: everything that is kept in Redis.
        deliveries: those of Slack that are being answered, which go first.
        iacrea: the client.
        reader: reads a video for somebody, and knows what the polls saw.
        regenerator: spends.
        progress: what the polls saw of requests that run, until it is shown.
        storyboards: what they saw of videos, until it is shown where a storyboard was shared.
    """

    config: Config
    stores: Stores
    deliveries: PendingDeliveries
    iacrea: IACrea
    reader: VideoReader
    regenerator: Regenerator
    progress: ProgressNotes
    storyboards: StoryboardNotes

    def workers(self) -> tuple[Worker, ...]:
        """Returns those who spend and who poll."""
        requests, config = self.stores.requests, self.config
        steps = ClaimLimits(Queue.STEPS, STEPS_AT_ONCE, ahead=LEASE)
        polls = ClaimLimits(Queue.POLLS, POLLS_AT_ONCE, ahead=config.poll_interval)
        tracker = Tracker(
            requests,
            self.stores.estimates,
            self.iacrea,
            Schedule(config.poll_interval, config.generation_timeout),
            Listeners(self.progress.note, self.storyboards.note),
        )
        return (
            Worker(steps, self.regenerator.step, requests, self.deliveries),
            Worker(polls, tracker.poll, requests),
        )


def build_core(config: Config, stores: Stores, deliveries: PendingDeliveries) -> Core:
    """Builds it; nothing runs yet."""
    iacrea = IACrea(
        config.iacrea_base_url,
        config.iacrea_api_key.reveal(),
        config.network,
        connections=POLLS_AT_ONCE + STEPS_AT_ONCE,
    )
    requests, estimates = stores.requests, stores.estimates
    reader = VideoReader(iacrea, requests, stores.videos, estimates)
    return Core(
        config=config,
        stores=stores,
        deliveries=deliveries,
        iacrea=iacrea,
        reader=reader,
        regenerator=Regenerator(
            requests, stores.videos, estimates, iacrea, timeout=config.generation_timeout
        ),
        progress=ProgressNotes(),
        storyboards=StoryboardNotes(reader),
    )
