"""Tells once: the announcement, its progress, the outcome, the finished files."""
