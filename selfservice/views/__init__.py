"""The citizen's page, and where workers answer."""
