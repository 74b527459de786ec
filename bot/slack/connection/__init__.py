"""The way to Slack and back: Bolt, sockets, the Web API, and what is put right in them."""
