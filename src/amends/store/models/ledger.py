"""The tamper-evident record: sealed lines and the tree's head."""

from django.db import models


class EntryRow(models.Model):
    """One sealed line."""

    seq = models.BigIntegerField(primary_key=True)
    line = models.TextField()  # canonical JSON, exactly the bytes that were hashed


class HeadRow(models.Model):
    """Size and frontier of the tree; one row, locked at every append."""

    size = models.BigIntegerField(default=0)
    frontier = models.JSONField(default=list)  # hashes, hex
    at = models.DateTimeField(null=True)
