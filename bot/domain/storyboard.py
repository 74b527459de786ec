"""The storyboard of a video: what is known of it, as somebody may see it."""

from dataclasses import dataclass, field, replace

from bot.domain.learned import Facts
from bot.domain.video import Sequence, SequenceStatus, Video


@dataclass(frozen=True, slots=True)
class Storyboard:
    """What is known of a video.

    Attributes:
        video: with its sequences, as far as they are known.
        name: what people call it.
        facts: what regenerating costs, and what is left.
    """

    video: Video
    name: str | None = None
    facts: Facts = field(default_factory=Facts)

    @property
    def sequences(self) -> tuple[Sequence, ...]:
        """In storyboard order."""
        return self.video.sequences or ()

    def without_balance(self) -> "Storyboard":
        """Returns the same for somebody who may not know what is left on the account."""
        video, facts = replace(self.video, credits_left=None), replace(self.facts, left=None)
        return replace(self, video=video, facts=facts)

    @property
    def failed(self) -> int:
        """How many of them have failed."""
        return sum(each.status == SequenceStatus.ERROR for each in self.sequences)
