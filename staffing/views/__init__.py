"""Pages of the working week, leave, calendars that are read, staff and closing days."""
