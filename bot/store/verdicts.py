"""What the store finds and says by raising it, apart from a Redis that is away. Pure."""


class VerdictError(Exception):
    """Redis answered, and this is what was found."""
