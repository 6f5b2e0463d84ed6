"""What was heard, the detector's streams, and alarms."""

from django.db import models


class MentionRow(models.Model):
    """One text said to or about an account of ours; unique by its address."""

    id = models.CharField(primary_key=True, max_length=40)
    account = models.ForeignKey("store.AccountRow", on_delete=models.CASCADE)
    network_id = models.CharField(max_length=500)
    url = models.CharField(max_length=500, default="")
    author_id = models.CharField(max_length=300)
    author_handle = models.CharField(max_length=300)
    author_name = models.CharField(max_length=300, default="")
    text = models.TextField()
    kind = models.CharField(max_length=10)
    written_at = models.DateTimeField()  # the network's, can be back-dated
    heard_at = models.DateTimeField(db_index=True)  # workspace time
    about = models.ForeignKey(
        "store.PostRow", null=True, on_delete=models.SET_NULL, related_name="mentions"
    )
    incident = models.ForeignKey(
        "store.IncidentRow", null=True, on_delete=models.SET_NULL, related_name="mentions"
    )
    language = models.CharField(max_length=5, default="")
    p_reproach = models.FloatField(default=0)
    levels = models.JSONField(default=list)  # four joint probabilities
    p_offensive = models.FloatField(default=0)
    p_hurt = models.FloatField(default=0)
    subject = models.CharField(max_length=200, default="")
    unsure = models.BooleanField(default=True)
    weight = models.FloatField(default=0)  # 0 when it is not reproach
    severity = models.PositiveSmallIntegerField(default=0)
    hurt = models.BooleanField(default=False)
    judged_by = models.CharField(max_length=150, default="")
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "network_id"], name="one_row_a_mention")
        ]
        indexes = [models.Index(fields=["account", "heard_at"], name="mention_heard")]


class StreamRow(models.Model):
    """The detector's exact state for an account or a post."""

    key = models.CharField(primary_key=True, max_length=60)  # account:<id> or post:<id>
    account = models.ForeignKey("store.AccountRow", on_delete=models.CASCADE)
    post = models.ForeignKey("store.PostRow", null=True, on_delete=models.CASCADE)
    watch = models.TextField(default="")
    usual = models.TextField(default="")
    usual_at = models.DateTimeField(null=True)


class AlarmRow(models.Model):
    """Reproach beyond the usual on one stream."""

    id = models.CharField(primary_key=True, max_length=40)
    account = models.ForeignKey("store.AccountRow", on_delete=models.CASCADE)
    post = models.ForeignKey("store.PostRow", null=True, on_delete=models.SET_NULL)
    incident = models.ForeignKey(
        "store.IncidentRow", null=True, on_delete=models.SET_NULL, related_name="alarms"
    )
    at = models.DateTimeField()
    since = models.DateTimeField()
    people = models.PositiveIntegerField()
    usual = models.FloatField()
    level = models.FloatField()
    state = models.CharField(max_length=10, default="open")  # open, not us, watching, seen
    watch_until = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, default="")
    why = models.CharField(max_length=300, default="")
