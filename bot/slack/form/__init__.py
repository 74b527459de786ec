"""The form: opened from a shortcut, a button or the command, filled in, submitted."""
