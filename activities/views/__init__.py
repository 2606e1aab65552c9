"""The pages of activities, of referrals to them, and of what they cost."""
