"""Giving a video a name."""
