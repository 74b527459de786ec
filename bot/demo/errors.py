"""What can go wrong with the demo itself."""


class DemoError(Exception):
    """The demo cannot play, or what was played is not what the product promises; says which."""
