"""Lessons and near misses."""

from django.db import models


class LessonRow(models.Model):
    """What an incident taught, as a pattern."""

    id = models.CharField(primary_key=True, max_length=40)
    incident = models.ForeignKey("store.IncidentRow", on_delete=models.PROTECT)
    account = models.ForeignKey("store.AccountRow", on_delete=models.PROTECT)
    example = models.TextField()
    lookalikes = models.JSONField(default=list)
    pattern = models.TextField()  # JSON, with every sign that was offered
    unused = models.JSONField(default=list)  # signs that a person put aside
    replay = models.JSONField(default=dict)
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=150, default="")
    adopted_as = models.CharField(max_length=10, default="")
    review_on = models.DateField(null=True)
    hits = models.PositiveIntegerField(default=0)


class NearMissRow(models.Model):
    """A finding that was followed by a changed draft: what a rule saved."""

    account = models.ForeignKey("store.AccountRow", on_delete=models.CASCADE)
    rule = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)  # moved, changed, overridden
