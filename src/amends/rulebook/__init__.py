"""What a rule is and how rules are applied."""
