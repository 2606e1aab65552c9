"""The legislation on joint contact courses, as pure functions over dates and hours.

Nothing here knows of Django, a database or today: every function is told the facts
it is asked about. Each rule carries the id it has in docs/law.md and its source.
"""
