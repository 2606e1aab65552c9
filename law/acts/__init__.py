"""The acts, oldest first."""
