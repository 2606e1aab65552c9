"""Case numbers as people write them, and as they stand in addresses."""

import re

WRITTEN = re.compile(r"(?:k-?)?(\d{1,15})", re.ASCII | re.IGNORECASE)


def written(course_pk: int) -> str:
    """The case number of a course."""
    return f"K-{course_pk:06d}"


def course_pk_of(text: str) -> int | None:
    """The course that a case number names: `K-000123`, `k123` and `123` are the same."""
    found = WRITTEN.fullmatch(text.strip())
    return int(found[1]) if found else None


class CaseNumberConverter:
    """A case number in an address, in the one way it is written: a course has one address."""

    regex = r"K-\d{6,15}"

    def to_python(self, value: str) -> int:
        """The key of the course."""
        course_pk = int(value.removeprefix("K-"))
        if written(course_pk) != value:
            raise ValueError(value)
        return course_pk

    def to_url(self, value: int | str) -> str:
        """The case number, given as itself or as the key of the course."""
        return value if isinstance(value, str) else written(value)
