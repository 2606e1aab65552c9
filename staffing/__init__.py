"""When people can be at work, what else keeps them busy, and what they may decide."""
