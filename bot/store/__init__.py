"""Keeps everything in Redis, or in the embedded Valkey. Only the doctor looks at Redis besides."""
