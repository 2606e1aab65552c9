"""Tests of `courses`."""
