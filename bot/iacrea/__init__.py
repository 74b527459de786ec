"""The client of IACrea: its endpoints, every reading of its answers, and what can go wrong."""
