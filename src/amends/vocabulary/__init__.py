"""The words: frozen dataclasses and enums that every room shares, and nothing else."""
