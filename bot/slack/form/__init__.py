"""Opens the form from a shortcut, a button or the command, fills it in, and takes it back."""
