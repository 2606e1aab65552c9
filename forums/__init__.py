"""Forums and steering groups that follow agreements up."""
