"""The parts of a course page that repeat, drawn as ready HTML: templates take ten times as long."""
