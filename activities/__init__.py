"""Activities of agreements: job clubs, workshops, referrals."""
