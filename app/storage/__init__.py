"""What is kept on this computer: settings and secrets, each in the platform's own place."""
