"""Commands of the interviews."""
