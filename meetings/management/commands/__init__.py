"""Commands of the interviews, one a module."""
