"""Times for interviews that one party opens and another uses: pools, slots, reservations."""
