"""Joins rooms, clock, store and networks; owns the due-work loop."""
