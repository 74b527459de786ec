"""Builds the parts of messages and views in Block Kit, and their texts. Does no I/O."""
