"""The servers, and nothing left of them."""
