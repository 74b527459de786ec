"""The slash command: the words, typed, and what answers each."""
