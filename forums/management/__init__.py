"""Commands of forums."""
