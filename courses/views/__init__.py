"""The pages of a course: read it, search for it, record what happened, send files."""
