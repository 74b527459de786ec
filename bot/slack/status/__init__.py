"""What is running and what was spent, and a request's card for one person."""
