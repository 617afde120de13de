"""Signing in to a system, and what its connection is like."""
