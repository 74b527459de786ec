"""Chooses languages: BOT_LOCALE for a channel, the language of their Slack for a person."""

from dataclasses import replace

from bot.domain.request import ChannelId, UserId
from bot.slack.answering.conversations import Conversations
from bot.slack.answering.people import People
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.texts import Texts


class Languages:
    """Gives each reader the texts in their language.

    Attributes:
        channel: for what everybody sees.
    """

    def __init__(
        self, catalogue: Catalogue, channel: Texts, people: People, conversations: Conversations
    ) -> None:
        """Takes the texts of BOT_LOCALE as `channel`, also for people whose language is unknown."""
        self.channel = channel
        self._catalogue = catalogue
        self._people = people
        self._conversations = conversations

    async def in_channel(self, channel: ChannelId) -> Texts:
        """Returns a channel's texts, without the balance if outsiders may read along."""
        return replace(self.channel, balance=not await self._conversations.shared(channel))

    async def of(self, user: UserId) -> Texts:
        """Returns the texts for what that person alone sees."""
        await self._people.look_up(user)
        return self.at_hand(user)

    async def name(self, user: UserId) -> str | None:
        """Returns what people call that person; None if the bot may not know."""
        await self._people.look_up(user)
        profile = self._people.at_hand(user)
        return (profile.name or None) if profile is not None else None

    def at_hand(self, user: UserId) -> Texts:
        """Returns the same without asking Slack, for use before an acknowledgement."""
        profile = self._people.at_hand(user)
        if profile is None or not profile.locale:
            return self.channel
        return replace(self.channel, say=self._catalogue.words(profile.locale))
