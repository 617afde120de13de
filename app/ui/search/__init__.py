"""Finding a customer as you type."""
