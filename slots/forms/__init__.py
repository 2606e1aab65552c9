"""Forms of pools, slots and bookings in them."""
