"""A number that grows with every change worth a live update."""

from django.db.models import F

from amends.store.models import WorkspaceRow


def latest() -> int:
    """Return the number of changes so far; 0 for an empty desk."""
    return WorkspaceRow.objects.filter(pk=1).values_list("changes", flat=True).first() or 0


def bump() -> None:
    """Count one more change; call it inside the transaction that makes it."""
    WorkspaceRow.objects.filter(pk=1).update(changes=F("changes") + 1)
