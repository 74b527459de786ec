"""What a regeneration is likely to cost and how long to take, from those before it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """Each is None as long as it is not known.

    Attributes:
        cost: credits for one sequence, the last time.
        left: credits on the account, as IACrea last said (`creditsTotal`). Not what
            `/api/account/credit` says, which may count another purse.
        priced_from: the same at the last check or POST, which the price of the next POST is told
            from. A poll may be answered late and with an older number, and changes `left` alone.
        seconds: from sending to done, the median of the last ones.
    """

    cost: float | None = None
    left: float | None = None
    priced_from: float | None = None
    seconds: float | None = None
