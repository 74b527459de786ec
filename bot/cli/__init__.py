"""Reads the command line of `regen-bot` and runs its commands."""
