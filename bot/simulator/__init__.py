"""A Slack workspace and an IACrea account to try the bot against; the product never imports it."""
