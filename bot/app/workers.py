"""Builds the workers that spend and that poll."""

from bot.app.core import POLLS_AT_ONCE, STEPS_AT_ONCE, Core
from bot.app.polling import build_tracker
from bot.regenerate import LEASE
from bot.store.queues import Queue
from bot.worker import ClaimLimits, Worker


def build_workers(core: Core) -> tuple[Worker, ...]:
    """Builds them; they need nothing of Slack."""
    requests, config = core.stores.requests, core.config
    steps = ClaimLimits(Queue.STEPS, STEPS_AT_ONCE, ahead=LEASE)
    polls = ClaimLimits(Queue.POLLS, POLLS_AT_ONCE, ahead=config.poll_interval)
    tracker = build_tracker(config, core.stores, core.iacrea, core.notes)
    return (
        Worker(steps, core.regenerator.step, requests, core.deliveries),
        # Gives way to no delivery: people wait for what a poll sees as well.
        Worker(polls, tracker.poll, requests),
    )
