"""Looks after the process itself: its signals, its memory, and what it writes to a terminal."""
