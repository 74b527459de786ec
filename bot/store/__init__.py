"""What is kept in Redis, and the embedded Valkey; the only door to both."""
