"""The pages of Listen and of the alarms."""
