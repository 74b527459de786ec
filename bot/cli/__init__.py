"""The command line of `regen-bot`: what may be typed, and what each command does."""
