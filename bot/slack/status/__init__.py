"""Shows one person what is running, what was spent, and the card of a request."""
