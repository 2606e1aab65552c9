"""Letters to citizens: their texts, their PDF, the outbox, and the ways they go."""
