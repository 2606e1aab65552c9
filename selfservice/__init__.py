"""What citizens see and say of one interview by a link, without an account."""
