"""Says hello once, to people who open the Messages tab and in channels that invite the bot."""
