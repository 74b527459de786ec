"""Builds what polls videos, for requests and for whoever only follows."""

from dataclasses import dataclass

from bot.config import Config
from bot.follower import Follower, FollowStores
from bot.iacrea.client import IACrea
from bot.slack.answering.video_reader import VideoReader
from bot.slack.following.progress import FollowNotes
from bot.slack.storyboard.shared import StoryboardNotes
from bot.slack.telling.progress import ProgressNotes
from bot.store.stores import Stores
from bot.tracker import Listeners, Schedule, Tracker


@dataclass(frozen=True, slots=True)
class Notes:
    """Holds what the polls saw, until it is shown.

    Attributes:
        progress: of requests that run.
        storyboards: of videos whose storyboards are shared.
        follows: of videos that are followed.
    """

    progress: ProgressNotes
    storyboards: StoryboardNotes
    follows: FollowNotes


def build_notes(reader: VideoReader) -> Notes:
    """Builds them; `reader` also learns what the polls saw."""
    return Notes(ProgressNotes(), StoryboardNotes(reader), FollowNotes())


def build_tracker(config: Config, stores: Stores, iacrea: IACrea, notes: Notes) -> Tracker:
    """Builds it; nobody is asked yet."""
    needed, on = FollowStores(stores.follows, stores.requests, stores.overview), config.follow
    follower = Follower(needed, config.generation_timeout, notes.follows.note, on=on == "on")
    return Tracker(
        stores.requests,
        stores.estimates,
        iacrea,
        Schedule(config.poll_interval, config.generation_timeout),
        Listeners(notes.progress.note, notes.storyboards.note, follower),
    )
