"""Following a video: its card in the channel, and what is told in its thread."""
