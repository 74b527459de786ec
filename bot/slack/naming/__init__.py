"""Gives names to videos and to their sequences."""
