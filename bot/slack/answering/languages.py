"""Who reads in which language: the channel in BOT_LOCALE, a person in that of their Slack."""

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
        """`channel` speaks BOT_LOCALE; whose language is not known hears that."""
        self.channel = channel
        self._catalogue = catalogue
        self._people = people
        self._conversations = conversations

    async def in_channel(self, channel: ChannelId) -> Texts:
        """For what everybody sees there, who may be of other organisations."""
        return replace(self.channel, balance=not await self._conversations.shared(channel))

    async def of(self, user: UserId) -> Texts:
        """For what that person alone sees."""
        await self._people.look_up(user)
        return self.at_hand(user)

    async def name(self, user: UserId) -> str | None:
        """What people call that person; None where the bot may not know."""
        await self._people.look_up(user)
        profile = self._people.at_hand(user)
        return (profile.name or None) if profile is not None else None

    def at_hand(self, user: UserId) -> Texts:
        """The same without asking anybody, where an acknowledgement is due at once."""
        profile = self._people.at_hand(user)
        if profile is None or not profile.locale:
            return self.channel
        return replace(self.channel, say=self._catalogue.words(profile.locale))
