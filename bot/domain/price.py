"""What a regeneration cost."""


def price(before: float | None, after: float | None, used: float | None) -> float | None:
    """Returns the credits that the account lost by it; None where that cannot be told.

    `before` and `after` are what remained on the account. `used` is what IACrea says was used: by
    this regeneration or on the account so far, which its page leaves open. Either way it is no less
    than the price, so that it bounds what others have spent on the same account meanwhile. Credits
    that were added meanwhile hide the price.
    """
    if before is None or after is None or after >= before:
        return None
    lost = round(before - after, 6)
    return min(lost, used) if used is not None and used > 0 else lost
