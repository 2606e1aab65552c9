"""The demo world: made-up people in real organisations, every situation the screens can show."""
