"""Shows the earlier takes of a sequence, and regenerates like one of them."""
