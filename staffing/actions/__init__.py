"""Acts on working hours, leave, closing days, competences and calendars that are read."""
