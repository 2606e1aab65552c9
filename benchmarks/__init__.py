"""What is measured: each module prints its figures beside a plain way to do the same."""
