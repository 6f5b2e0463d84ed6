"""Pictures, each kept once under the hash of its bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from amends.store.models import DraftRow, MediaRow, OutgoingRow
from amends.vocabulary.errors import BadInput


@dataclass(frozen=True)
class KeptImage:
    """A picture in our own bytes."""

    sha256: str
    kind: str  # image/jpeg, image/png
    width: int
    height: int
    content: bytes = field(repr=False)


def keep(picture: KeptImage, *, by: str, at: datetime) -> None:
    """Keep a picture; one that is here already stays as it is."""
    MediaRow.objects.get_or_create(
        pk=picture.sha256,
        defaults={
            "kind": picture.kind,
            "width": picture.width,
            "height": picture.height,
            "content": picture.content,
            "added_by": by,
            "added_at": at,
        },
    )


def picture(sha256: str) -> KeptImage:
    """Return a picture.

    Raises:
        BadInput: There is none with this hash.
    """
    row = MediaRow.objects.filter(pk=sha256).first()
    if row is None:
        raise BadInput(_("That picture is not here any more. Add it again."))
    return KeptImage(row.sha256, row.kind, row.width, row.height, bytes(row.content))


def sizes(hashes: Sequence[str]) -> dict[str, int]:
    """Return how many bytes each of these pictures has; what is not here is left out."""
    rows = MediaRow.objects.filter(pk__in=set(hashes))
    return {row.sha256: len(row.content) for row in rows}


def forget_unused(sha256: str) -> None:
    """Forget a picture that no draft and no text in the outbox names."""
    for rows in (DraftRow.objects, OutgoingRow.objects):
        if rows.alias(named=Cast("media", TextField())).filter(named__contains=sha256).exists():
            return
    MediaRow.objects.filter(pk=sha256).delete()
