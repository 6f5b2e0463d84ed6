"""Pictures at the composer: taken in, described in the form, and shown from here alone."""

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amends.flows import pictures as flow
from amends.flows.pictures import Told
from amends.store import pictures, posts
from amends.vocabulary.errors import BadInput

YEAR_S = 365 * 24 * 3_600
FIELD = "pictures"
MOST_FILES = 10  # in one go


@require_GET
def media(request: HttpRequest, sha256: str) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Show one picture to somebody who is signed in; it can run and load nothing.

    Raises:
        Http404: there is no such picture.
    """
    try:
        found = pictures.picture(sha256)
    except BadInput as problem:
        raise Http404(str(problem)) from None
    answer = HttpResponse(found.content, content_type=found.kind)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"private, max-age={YEAR_S}, immutable"  # its address is its hash
    return answer


def told_in(request: HttpRequest) -> Told:
    """Return what the form says about each picture: its alternative text, and its post from 0."""
    found = {}
    for field, alt in request.POST.items():
        kind, _dash, name = field.partition("-")
        if kind == "alt":
            number = str(request.POST.get(f"with-{name}", "1"))
            found[name] = (str(alt), max(int(number), 1) - 1 if number.isdecimal() else 0)
    return found


def chosen_in(request: HttpRequest) -> "list[UploadedFile[bytes]]":
    """Return the files that were chosen."""
    return list(request.FILES.getlist(FIELD))


def take_in(by: str, draft_id: str, files: "list[UploadedFile[bytes]]") -> None:
    """Add what was chosen to the draft: every one that can be, before any refusal is said.

    Raises:
        BadInput: one or more of them cannot be taken; the words name each.
    """
    if not files:
        raise BadInput(_("Choose one or more pictures first."))
    if len(files) > MOST_FILES:
        raise BadInput(_("Add %(n)d pictures at a time at most.") % {"n": MOST_FILES})
    refused = []
    for one in files:
        try:
            # One byte more than is taken: enough to see that there is too much of it.
            flow.add(by, draft_id, one.read(flow.MOST_BYTES + 1))
        except BadInput as problem:
            refused.append(f"{one.name}: {problem}")
    if refused:
        raise BadInput(" ".join(refused))


def in_draft(draft_id: str) -> tuple[posts.KeptPicture, ...]:
    """Return the pictures of a draft, in their order."""
    return posts.draft(draft_id).media
