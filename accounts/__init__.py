"""People who sign in: their language, their request, the checks that guard the door."""
