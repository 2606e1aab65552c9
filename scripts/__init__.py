"""What set-up and the checks run, besides the application itself."""
