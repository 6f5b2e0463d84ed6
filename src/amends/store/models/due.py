"""Work with its time."""

from django.db import models


class DueRow(models.Model):
    """Something that must happen later, claimed with a lease."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    due_at = models.DateTimeField()  # real time
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, default="")
    attempts = models.BigIntegerField(default=0)
    error = models.CharField(max_length=600, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_due_a_thing")]
        indexes = [models.Index(fields=["due_at"], name="due_at")]
