"""Says hello once: to whoever opens the Messages tab, and where the bot was invited to."""
