"""The use cases. Knows no Qt, no HTTP, no SQL."""
