"""What people can do to courses: each act checks, writes, and notes it in the journal."""
