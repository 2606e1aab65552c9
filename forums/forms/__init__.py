"""What is asked on the pages of forums, surveys and news."""
