"""Talks with Slack: answers what people do there, and tells them what came of it."""
