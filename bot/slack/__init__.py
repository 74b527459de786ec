"""Keeps everything that is Slack's: what it sends us, what we send it, and how."""
