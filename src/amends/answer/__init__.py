"""After: what happened, what can we do, what do we say, and to whom."""
