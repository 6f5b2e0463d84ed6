"""Words and shapes that every template may use."""
