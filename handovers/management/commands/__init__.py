"""Commands of the hand-overs."""
