"""Commands about parties and agreements."""
