"""Bundles what every listener needs."""

from dataclasses import dataclass

from bot.domain.effects import Effects
from bot.slack.answering.access import Access
from bot.slack.answering.intake import Intake
from bot.slack.answering.languages import Languages
from bot.slack.answering.nearby import NearbyVideos
from bot.slack.answering.video_reader import VideoReader
from bot.slack.connection.web_api import WebApi
from bot.store.stores import Stores


@dataclass(frozen=True, slots=True)
class AnsweringContext:
    """Holds what every listener needs.

    Attributes:
        slack: the Web API.
        stores: everything that is kept in Redis.
        access: who may do what.
        languages: who reads in which language.
        intake: accepts requests.
        reader: reads videos from IACrea.
    """

    slack: WebApi
    stores: Stores
    access: Access
    languages: Languages
    intake: Intake
    reader: VideoReader

    @property
    def effects(self) -> Effects:
        """Returns the effects that may be named, in every language."""
        return self.languages.channel.effects

    @property
    def nearby(self) -> NearbyVideos:
        """Returns who finds the videos that somebody may have meant."""
        return NearbyVideos(self.stores.videos, self.access)
