"""The jobcentre's pages that bring apps together; owns no table."""
