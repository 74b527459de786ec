"""Messages as pure functions: a request in, text and Block Kit out."""
