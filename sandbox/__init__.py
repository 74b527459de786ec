"""A Slack workspace and an IACrea account to try a bot against; it knows nothing of `bot`."""
