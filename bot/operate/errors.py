"""What an operator asked for and cannot have."""


class OperateError(Exception):
    """It cannot be done; the text says why, and what to do instead."""
