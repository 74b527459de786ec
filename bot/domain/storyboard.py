"""The storyboard of a video: what is known of it, as somebody may see it."""

from dataclasses import dataclass, field, replace

from bot.domain.estimate import Estimate
from bot.domain.video import Sequence, SequenceStatus, Video


@dataclass(frozen=True, slots=True)
class Storyboard:
    """What is known of a video.

    Attributes:
        video: with its sequences, as far as they are known.
        name: what people call it.
        estimate: what regenerating costs, and what is left.
    """

    video: Video
    name: str | None = None
    estimate: Estimate = field(default_factory=Estimate)

    @property
    def sequences(self) -> tuple[Sequence, ...]:
        """In storyboard order."""
        return self.video.sequences or ()

    def without_balance(self) -> "Storyboard":
        """Returns the same for somebody who may not know what is left on the account."""
        video, estimate = replace(self.video, credits_left=None), replace(self.estimate, left=None)
        return replace(self, video=video, estimate=estimate)

    @property
    def failed(self) -> int:
        """How many of them have failed."""
        return sum(each.status == SequenceStatus.ERROR for each in self.sequences)
