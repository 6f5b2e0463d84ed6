"""Brands and their accounts."""

from django.db import models


class BrandRow(models.Model):
    """A client, or a person, with one identity."""

    id = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100)
    colour = models.CharField(max_length=7, default="#1f4f82")
    time_zone = models.CharField(max_length=60, default="UTC")
    practice = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)


class AccountRow(models.Model):
    """A brand's presence on one network; its row is also the gate that sends pass."""

    id = models.CharField(primary_key=True, max_length=40)
    brand = models.ForeignKey(BrandRow, on_delete=models.PROTECT, related_name="accounts")
    network = models.CharField(max_length=20)
    network_account_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=300)
    server = models.CharField(max_length=300, default="")
    languages = models.JSONField(default=list)
    protected = models.BooleanField(default=False)
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    marks = models.JSONField(default=dict)  # declared by a person, by kind
    learned_marks = models.JSONField(default=dict)  # from its own history
    secret = models.TextField(default="")  # sealed by flows.vault
    connected = models.BooleanField(default=True)
    connection_words = models.CharField(max_length=500, default="")
    wait_until = models.DateTimeField(null=True)  # real time; the network asked us to wait
    waits = models.PositiveSmallIntegerField(default=0)  # in a row, without a word how long
    served_at = models.DateTimeField(null=True)  # real time of the last claim, for taking turns
    quota = models.JSONField(default=dict)  # what the network last said is left
    epoch = models.BigIntegerField(default=0)  # +1 at every hold, release, disconnect
    cursor = models.TextField(default="")
    last_heard_at = models.DateTimeField(null=True)  # real time
    hot_until = models.DateTimeField(null=True)  # workspace time
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "network_account_id"], name="one_row_an_account"
            )
        ]
