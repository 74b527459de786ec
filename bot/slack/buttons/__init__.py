"""Presses that start or stop something."""
