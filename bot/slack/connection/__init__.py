"""Connects to Slack: Bolt, sockets and the Web API, with what has to be put right in them."""
