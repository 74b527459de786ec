"""Shows the Home tab, and answers presses on it."""
