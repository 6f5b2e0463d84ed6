"""Lessons: distilled from a mistake, tried on history, adopted by a person."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.desk.learn.forms import AdjustForm, AdoptForm
from amends.flows import clock
from amends.flows import lesson as lesson_flow
from amends.store import brands
from amends.store import lessons as kept
from amends.vocabulary.brand import Account
from amends.vocabulary.errors import AmendsError

REVIEW_AFTER = timedelta(days=182)  # half a year; house judgement


@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Show what this team's mistakes have taught."""
    return render(request, "learn/lessons.html", {"lessons": kept.list_lessons()})


def _accounts() -> tuple[Account, ...]:
    return tuple(view.account for view in brands.list_accounts())


def _page(request: HttpRequest, lesson_id: str, form: Form | None = None) -> HttpResponse:
    """Render the lesson, with a form that was refused in the place of the fresh one."""
    found, accounts = kept.lesson(lesson_id), _accounts()
    review_on = clock.now().date() + REVIEW_AFTER
    adjusting = form if isinstance(form, AdjustForm) else None
    context = {
        "lesson": found,
        "accounts": accounts,
        "adjusting": adjusting,
        "signs_chosen": _chosen(adjusting, "signs", [key for key, _w, used in found.signs if used]),
        "accounts_chosen": _chosen(adjusting, "accounts", list(found.account_ids)),
        "adopting": form if isinstance(form, AdoptForm) else None,
        "form": form,
        "review_on": review_on.isoformat(),
    }
    return render(request, "learn/lesson.html", context, status=422 if form else 200)


def _chosen(form: AdjustForm | None, name: str, kept_so_far: list[str]) -> list[str]:
    """Return what is ticked: as the person left it, else as it is kept."""
    return list(form[name].value() or ()) if form else kept_so_far


@require_GET
def lesson(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """Show one lesson: its example, its signs, its replay, and how to adopt it."""
    return _page(request, lesson_id)


@require_POST
def propose(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Distil a lesson from an incident's post; one an incident."""
    return redirect("lesson", lesson_flow.propose(request.user.get_username(), incident_id))


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Act when the form is whole; a refusal goes into the form, and what was typed stays."""
    if not form.is_valid():
        return False
    try:
        act()
    except AmendsError as problem:
        form.add_error(None, str(problem))
        return False
    return True


@require_POST
def adjust(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """Change a lesson and try it again at once, so that what is shown is about this rule."""
    by, found = request.user.get_username(), kept.lesson(lesson_id)
    form = AdjustForm(request.POST, found, _accounts())
    if _done(form, lambda: _adjusted(by, lesson_id, form)):
        return redirect("lesson", lesson_id)
    return _page(request, lesson_id, form)


def _adjusted(by: str, lesson_id: str, form: AdjustForm) -> None:
    wanted = form.cleaned_data
    lesson_flow.adjust(
        by,
        lesson_id,
        signs_in_use=wanted["signs"],
        at_least=wanted["at_least"],
        added_words=wanted["added_words"],
        lookalikes=wanted["lookalikes"].splitlines(),
        account_ids=wanted["accounts"],
    )
    lesson_flow.replay(by, lesson_id)


@require_POST
def replay(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """Try the lesson on history."""
    lesson_flow.replay(request.user.get_username(), lesson_id)
    return redirect("lesson", lesson_id)


@require_POST
def adopt(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """Make the lesson a rule."""
    form = AdoptForm(request.POST)
    by = request.user.get_username()

    def act() -> None:
        chosen = form.cleaned_data
        lesson_flow.adopt(by, lesson_id, chosen["decision"], chosen["review_on"])

    if _done(form, act):
        messages.success(request, _("It is a rule now. Compose asks when a draft resembles it."))
        return redirect("lesson", lesson_id)
    return _page(request, lesson_id, form)


@require_POST
def retire(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """Withdraw the rule; its lesson can be changed and adopted again."""
    by = request.user.get_username()
    lesson_flow.retire(by, lesson_id, request.POST.get("why", ""))
    return redirect("lesson", lesson_id)
