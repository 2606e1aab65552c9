"""Interviews from booking to outcome: who takes part, who came, what follows."""
