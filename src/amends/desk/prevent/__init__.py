"""Pages before and around publishing."""
