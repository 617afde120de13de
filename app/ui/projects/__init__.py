"""Projects in the left half of the window."""
