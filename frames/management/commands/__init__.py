"""Commands of frames."""
