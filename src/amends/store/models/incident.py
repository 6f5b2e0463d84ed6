"""Incidents and all that belongs to one."""

from django.db import models


class IncidentRow(models.Model):
    """One mistake and all we do about it."""

    id = models.CharField(primary_key=True, max_length=40)
    brand = models.ForeignKey("store.BrandRow", on_delete=models.PROTECT)
    account = models.ForeignKey("store.AccountRow", null=True, on_delete=models.PROTECT)
    post = models.ForeignKey("store.PostRow", null=True, on_delete=models.SET_NULL)
    title = models.CharField(max_length=300)
    because = models.CharField(max_length=500, default="")
    stage = models.CharField(max_length=12, db_index=True)
    severity = models.PositiveSmallIntegerField(default=2)
    was_held = models.BooleanField(default=False)
    lead = models.CharField(max_length=150, default="")
    opened_at = models.DateTimeField()
    first_reproach_at = models.DateTimeField(null=True)
    first_word_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_how = models.CharField(max_length=60, default="")
    settle_proposed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)  # texts approved before answer it no more
    circumstances = models.JSONField(default=dict)
    chosen_option = models.CharField(max_length=60, default="")
    chosen_why = models.TextField(default="")
    recurrence = models.TextField(default="")


class FactRow(models.Model):
    """One thing known, not known or assumed."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="facts")
    text = models.TextField()
    standing = models.CharField(max_length=12)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()


class TimelineRow(models.Model):
    """One line of an incident's timeline; added, never changed."""

    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    verb = models.CharField(max_length=30)
    words = models.TextField()
    by = models.CharField(max_length=150, default="")


class EvidenceRow(models.Model):
    """What was kept, with its hash."""

    id = models.CharField(primary_key=True, max_length=40)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=20)  # post or attached
    url = models.CharField(max_length=500, default="")
    text = models.TextField()
    raw = models.TextField(default="")
    kept_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)


class AffectedRow(models.Model):
    """Someone hurt, followed to an end."""

    id = models.CharField(primary_key=True, max_length=40)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="affected")
    mention = models.ForeignKey("store.MentionRow", null=True, on_delete=models.SET_NULL)
    handle = models.CharField(max_length=300)
    network = models.CharField(max_length=20, default="")
    said = models.TextField(default="")
    state = models.CharField(max_length=12, default="to write")
    harm_level = models.FloatField(default=0)
    added_by = models.CharField(max_length=150)
    by_hand_link = models.CharField(max_length=500, default="")
    by_hand_text = models.TextField(default="")
    locked_by = models.CharField(max_length=150, default="")
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "network", "handle"], name="each_person_once"
            )
        ]


class StatementRow(models.Model):
    """Words to all; every edit is a new row, so that an approval names one exact text."""

    id = models.CharField(primary_key=True, max_length=40)
    incident = models.ForeignKey(IncidentRow, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=10)  # holding or statement
    text = models.TextField()
    language = models.CharField(max_length=5)
    accounts = models.JSONField(default=list)  # ids
    content_hash = models.CharField(max_length=64)
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, default="")
    approved_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)
