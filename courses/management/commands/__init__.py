"""Commands of the courses, one a module."""
