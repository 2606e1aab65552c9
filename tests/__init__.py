"""The tests, beside the code they are about."""
