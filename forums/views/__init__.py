"""Pages of forums, surveys, news and contacts."""
