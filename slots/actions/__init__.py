"""What people can do to pools, slots and the bookings in them, each act in one transaction."""
