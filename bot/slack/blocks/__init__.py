"""What messages and views are made of: Block Kit's parts, their texts. Pure."""
