"""What can go wrong with the demo itself."""


class DemoError(Exception):
    """The demo cannot be shown; says why, and what to do."""
