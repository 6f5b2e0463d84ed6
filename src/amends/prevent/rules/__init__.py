"""Reasons not to publish a draft, one rule a file."""
