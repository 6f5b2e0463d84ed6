"""Pictures that go with a text, kept under the hash of their bytes."""

from django.db import models


class MediaRow(models.Model):
    """One picture, decoded and written anew by us: nothing of the upload's own file is kept."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=20)  # image/jpeg, image/png
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    content = models.BinaryField()
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()
