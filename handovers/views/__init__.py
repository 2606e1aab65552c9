"""The pages of hand-overs, and of the acts beside them."""
