"""Template tags of forums."""
