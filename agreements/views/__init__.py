"""The views of the guide, of what a change would do, and of the document."""
