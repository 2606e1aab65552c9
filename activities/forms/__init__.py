"""What people write about activities, referrals and invoices."""
