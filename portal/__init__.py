"""The a-kasse's pages that bring apps together; owns no table."""
