"""What a regeneration is likely to cost and how long to take, from those before it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """Each is None as long as it is not known.

    Attributes:
        cost: credits for one sequence, the last time.
        left: credits on the account, as IACrea last said (`creditsTotal`). Not what
            `/api/account/credit` says, which may count another purse.
        seconds: from sending to done, the median of the last ones.
    """

    cost: float | None = None
    left: float | None = None
    seconds: float | None = None
