"""Who works on the store, and when each was last seen."""

from django.db import models


class WorkerRow(models.Model):
    """One loop of one worker's process; it writes here that it lives."""

    name = models.CharField(primary_key=True, max_length=80)  # host-pid-random-loop
    kind = models.CharField(max_length=20)  # sender, listener
    seen_at = models.DateTimeField()  # real time
    note = models.TextField(default="")
