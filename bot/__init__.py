"""regen-bot: regenerates one sequence of an IACrea video from Slack, once, and tells the outcome once."""
