"""Answers the slash command, whichever of its words is typed."""
