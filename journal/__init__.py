"""Who did what, and who looked at what: written by actions and doors, never changed."""
