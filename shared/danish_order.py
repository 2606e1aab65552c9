"""Danish alphabetical order as a stored key: æ, ø, å last, and aa as å, on any server."""

LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def sort_key(text: str) -> str:
    """A string whose plain byte order is the Danish order of the text."""
    return text.lower().translate(LETTERS).replace("aa", "}")
