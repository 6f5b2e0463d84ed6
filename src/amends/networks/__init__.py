"""The outside world: what every network must do (`port`), one folder each, one HTTP door."""
