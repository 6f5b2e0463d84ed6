"""The statement: written beside its anatomy, approved to the letter, followed until it is live."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.desk.answer.forms import ApproveForm, StatementForm
from amends.desk.answer.page import by, carried_out, found, show
from amends.desk.answer.shown import Checked, checked
from amends.flows import statement as flow
from amends.store.views import Room, StatementView
from amends.vocabulary.incident import Stage

KINDS = ("holding", "statement")
EARLY = frozenset({Stage.NOTICED, Stage.HELD, Stage.UNDERSTOOD})
APPROVED_AT = frozenset({Stage.NOTICED, Stage.HELD, Stage.DECIDED})
WRITTEN_AT = APPROVED_AT | {Stage.UNDERSTOOD}
WORD_IS_ENOUGH = frozenset({"acknowledge_now", "wait_and_listen"})


def _kind(request: HttpRequest, room: Room) -> str:
    """Return which text is written: a first word while little is known, then the statement."""
    wanted = request.POST.get("kind") or request.GET.get("kind", "")
    if wanted in KINDS:
        return wanted
    early = room.incident.stage in EARLY or room.chosen_option in WORD_IS_ENOUGH
    waits = _draft_of(room, "statement") is not None  # such as the word about a removal
    return "holding" if early and not waits else "statement"


def _draft_of(room: Room, kind: str) -> StatementView | None:
    """Return the saved text that waits for a yes, None when there is none."""
    mine = (one for one in room.statements if one.kind == kind and not one.approved_by)
    return next(mine, None)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the text with its anatomy, and keep one exact text."""
    room = found(incident_id)
    kind = _kind(request, room)
    form = StatementForm(request.POST or None, room)

    def act() -> None:
        kept = form.cleaned_data
        flow.save(by(request), incident_id, kept["text"], kind=kind, account_ids=kept["accounts"])

    if request.method == "POST" and carried_out(form, act):
        return redirect(f"{request.path}?kind={kind}#approve")
    return _page(request, room, kind, form=form)


def _page(request: HttpRequest, room: Room, kind: str, **refused: object) -> HttpResponse:
    saved = _draft_of(room, kind)
    form = refused.get("form")
    typed = isinstance(form, StatementForm) and form.is_bound
    text = (
        form.data.get("text", "")
        if isinstance(form, StatementForm) and typed
        else _text(request, room, kind, saved)
    )
    chosen = _accounts(form if isinstance(form, StatementForm) and typed else None, room, saved)
    incident_id = room.incident.id
    more: dict[str, object] = {
        "form": StatementForm(None, room),
        "approve_form": ApproveForm(),
        "kind": kind,
        "text": text,
        "chosen": chosen,
        "saved": saved,
        "checked": None if saved and text == saved.text else _checked(incident_id, text, kind),
        "anatomy": _checked(incident_id, text, kind),
        "saved_checked": _checked(incident_id, saved.text, kind) if saved else None,
        "out": [one for one in room.statements if one.approved_by],
        "may_approve": room.incident.stage in APPROVED_AT,
        "may_write": room.incident.stage in WRITTEN_AT,
        "is_out": any(one.kind == kind and _stands(one) for one in room.statements),
    }
    return show(request, room, "statement", **{**more, **refused})


def _stands(one: StatementView) -> bool:
    return bool(one.approved_by) and not one.withdrawn


def _text(request: HttpRequest, room: Room, kind: str, saved: StatementView | None) -> str:
    """Return what stands in the box: the saved text, else a skeleton to go on from."""
    if saved and "skeleton" not in request.GET:
        return saved.text
    return flow.skeleton(room.incident.id, kind)


def _accounts(form: StatementForm | None, room: Room, saved: StatementView | None) -> list[str]:
    """Return the accounts that are ticked: all of the brand's, until somebody chose."""
    if form is not None:
        return list(form["accounts"].value() or ())
    return [one.id for one in (saved.accounts if saved else room.accounts)]


def _checked(incident_id: str, text: str, kind: str) -> Checked | None:
    if not text.strip():
        return None
    return checked(flow.lint(incident_id, text, kind=kind), text)


@require_POST
def check(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Return the anatomy and the findings of a text as it is typed."""
    text, kind = request.POST.get("text", ""), request.POST.get("kind", "statement")
    context = {"checked": _checked(incident_id, text, kind), "kind": kind, "live": True}
    return render(request, "answer/checked.html", context)


@never_cache
@require_GET
def outcome(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Return what became of the approved texts, account by account, for the live region."""
    room = found(incident_id)
    context = {"room": room, "out": [one for one in room.statements if one.approved_by]}
    return render(request, "answer/outcome.html", context)


@require_POST
def approve(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Say yes to exactly the text that was shown."""
    room, form = found(incident_id), ApproveForm(request.POST)

    def act() -> None:
        yes = form.cleaned_data
        flow.approve(
            by(request), yes["statement_id"], shown_hash=yes["shown_hash"], reason=yes["reason"]
        )

    kind = _kind(request, room)
    if carried_out(form, act):
        return redirect(f"{_address(incident_id)}?kind={kind}#outcome")
    return _page(request, room, kind, approve_form=form)


def _address(incident_id: str) -> str:
    return redirect("room_statement", incident_id).url


@require_POST
def withdraw(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Take a yes back; what has not left stays here."""
    flow.withdraw(by(request), request.POST.get("statement_id", ""))
    return redirect("room_statement", incident_id)
