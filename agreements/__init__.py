"""Pages of agreements: guide, preview of a change, document, life."""
