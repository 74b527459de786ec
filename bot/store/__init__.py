"""What is kept in Redis, and the embedded Valkey. Only the doctor looks at Redis besides."""
