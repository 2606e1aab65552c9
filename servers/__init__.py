"""PostgreSQL and Valkey from their wheels for a machine that has neither, and what runs on them.

One guardian process owns each server. Whoever needs the server holds a shared lock; when nobody
holds it any more, the guardian stops the server and ends. A lock goes with its process, however
that process ends, so nothing stays behind. Standard library and the two wheels only.
"""
