"""The workspace: one a database, with its clock and its count of changes."""

from django.db import models


class WorkspaceRow(models.Model):
    """The one row that everybody shares."""

    offset_s = models.FloatField(default=0)  # seconds the clock was moved on
    practice = models.BooleanField(default=False)
    changes = models.BigIntegerField(default=0)
    generation = models.PositiveIntegerField(default=1)  # +1 at each restore from a backup
    restored_since = models.DateTimeField(null=True)  # real time; unsure what left since then
    key_mark = models.CharField(max_length=16, default="")  # tells root keys apart
