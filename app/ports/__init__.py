"""What the app asks of the world: one Protocol for each kind of system, and the tree of errors."""
