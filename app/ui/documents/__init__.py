"""An order's documents: shown, printed, saved, and handed to the user's mail program."""
