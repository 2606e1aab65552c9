"""Commands of the pages of agreements."""
