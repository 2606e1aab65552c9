"""Municipalities, jobcentres, a-kasser, their agreements, and who works where."""
