"""regen-bot: regenerates sequences of IACrea videos from Slack."""
