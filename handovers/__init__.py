"""Handing a course over to the jobcentre, and the acts that move or pause it."""
