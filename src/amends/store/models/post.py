"""Drafts and posts."""

from django.db import models


class DraftRow(models.Model):
    """A text that somebody is writing; saved as they type."""

    id = models.CharField(primary_key=True, max_length=40)
    account = models.ForeignKey("store.AccountRow", on_delete=models.CASCADE)
    text = models.TextField(default="")
    kind = models.CharField(max_length=20, default="post")
    media = models.JSONField(default=list)  # [sha256 of a picture, alternative text, part]
    reply_to = models.CharField(max_length=500, default="")  # network id that it answers
    by = models.CharField(max_length=150)
    updated_at = models.DateTimeField()
    asked = models.JSONField(default=list)  # rules that asked on the way, for near misses
    asked_text = models.TextField(default="")
    sent = models.BooleanField(default=False)
    overridden = models.JSONField(default=list)  # rules that spoke, and someone went on


class PostRow(models.Model):
    """A published text of one of our accounts, ours or imported."""

    id = models.CharField(primary_key=True, max_length=40)
    account = models.ForeignKey("store.AccountRow", on_delete=models.CASCADE, related_name="posts")
    network_id = models.CharField(max_length=500)
    url = models.CharField(max_length=500, default="")
    text = models.TextField()
    at = models.DateTimeField(db_index=True)
    is_answer = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)
    regretted = models.BooleanField(default=False)  # an incident was opened about it
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "network_id"], name="one_row_a_post")
        ]
