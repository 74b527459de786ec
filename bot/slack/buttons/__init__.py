"""Answers presses that start or stop something."""
