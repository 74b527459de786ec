"""Shows storyboards: a video's sequences as cards, to one person or in a channel."""
