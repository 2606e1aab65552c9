"""Commands of the deadlines for booking."""
