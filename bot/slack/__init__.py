"""Everything that is Slack's: what it sends, what it is sent, and how."""
