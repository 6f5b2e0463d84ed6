"""What leaves: intents, attempts and holds."""

from django.db import models

from amends.vocabulary.outgoing import OutgoingKind, OutgoingState


class OutgoingRow(models.Model):
    """One approved text (or removal) on its way out."""

    id = models.CharField(primary_key=True, max_length=40)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in OutgoingKind])
    account = models.ForeignKey("store.AccountRow", on_delete=models.PROTECT)
    incident = models.ForeignKey("store.IncidentRow", null=True, on_delete=models.PROTECT)
    statement = models.ForeignKey(
        "store.StatementRow", null=True, on_delete=models.PROTECT, related_name="outgoing"
    )
    affected = models.ForeignKey(
        "store.AffectedRow", null=True, on_delete=models.PROTECT, related_name="outgoing"
    )
    thread_id = models.CharField(max_length=40, default="", db_index=True)
    part = models.PositiveSmallIntegerField(default=0)
    media = models.JSONField(
        default=list
    )  # [sha256 of a picture, alternative text, network's name]
    text = models.TextField(default="")
    language = models.CharField(max_length=5, default="en")
    target = models.CharField(max_length=500, default="")  # answered, or removed: network id
    content_hash = models.CharField(max_length=64)
    approved_by = models.CharField(max_length=150)
    approved_at = models.DateTimeField()
    approved_hash = models.CharField(max_length=64, default="")  # "" once withdrawn
    reason = models.TextField(default="")
    due_at = models.DateTimeField(db_index=True)  # workspace time
    earliest_at = models.DateTimeField(null=True)  # no new time may be sooner
    lateness_s = models.PositiveIntegerField(default=900)
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in OutgoingState], db_index=True
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)  # our own errors in a row
    lease_owner = models.CharField(max_length=80, default="")
    lease_until = models.DateTimeField(null=True)  # real time
    fence = models.BigIntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # real time of the next try or look
    waited_at = models.DateTimeField(null=True)  # workspace time; its network let it wait so long
    reads = models.PositiveSmallIntegerField(default=0)
    first_left_at = models.DateTimeField(null=True)  # real time of the first call
    decided_at = models.DateTimeField(null=True)  # real time of a person's "send it again"
    gate_epoch = models.BigIntegerField(default=0)
    unsure_since = models.DateTimeField(null=True)  # real time; restored: may have left since
    frozen = models.TextField(default="")
    wire_name = models.CharField(max_length=200, null=True)  # noqa: DJ001 - unique where set
    network_id = models.CharField(max_length=500, default="")
    url = models.CharField(max_length=500, default="")
    published_at = models.DateTimeField(null=True)  # workspace time
    confirmed_at = models.DateTimeField(null=True)  # workspace time
    confirmed_by = models.CharField(max_length=150, default="")  # who did it by hand
    words = models.CharField(max_length=600, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "wire_name"], name="one_name_an_account"),
            models.UniqueConstraint(
                fields=["account", "network_id"],
                condition=~models.Q(network_id="") & ~models.Q(kind="removal"),
                name="one_outgoing_a_post",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_at", "due_at"], name="outgoing_due")]


class AttemptRow(models.Model):
    """One call to the network; only its end is ever written later."""

    outgoing = models.ForeignKey(OutgoingRow, on_delete=models.CASCADE, related_name="tries")
    n = models.PositiveSmallIntegerField()
    fence = models.BigIntegerField()
    claimed_at = models.DateTimeField()
    left = models.CharField(max_length=10, default="unknown")  # yes, no, unknown
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=40, default="")
    words = models.CharField(max_length=600, default="")


class HoldRow(models.Model):
    """An order that posts wait."""

    id = models.CharField(primary_key=True, max_length=40)
    scope = models.CharField(max_length=60)  # everything, brand:<id>, account:<id>
    why = models.CharField(max_length=300, default="")
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()
    in_flight = models.JSONField(default=list)  # ids that were on their way when it was set
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=150, default="")
    incident = models.ForeignKey("store.IncidentRow", null=True, on_delete=models.SET_NULL)
