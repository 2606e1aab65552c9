"""What people are told: notices on screen, and the mail that waits to be sent."""
