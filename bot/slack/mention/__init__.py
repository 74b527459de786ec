"""Answers what people say to the bot: in a mention, in a thread, in its direct messages."""
