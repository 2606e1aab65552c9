"""Commands of the times."""
