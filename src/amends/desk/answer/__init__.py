"""The pages of an incident: its room and the seven steps."""
