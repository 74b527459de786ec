"""The process that the bot is: its signals, its memory, and what it writes to a terminal."""
