"""The forms of the six steps; an error says what to write instead."""
