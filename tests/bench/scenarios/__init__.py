"""What a child process does: each module has ``run(folder)``, which returns what the parent gets as JSON."""
