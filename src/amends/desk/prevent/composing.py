"""Compose: whose voice is worn stays around the text, and the verdict beside it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from amends.desk.frame import Frame
from amends.desk.prevent import picturing
from amends.desk.prevent.forms import LOCAL, ComposeForm, local_time
from amends.desk.speech import zone_of
from amends.flows import clock, draft, hold, parts, pictures
from amends.rulebook.rule import Decision, Finding
from amends.store import brands, posts
from amends.store.views import AccountView, PostView, Review
from amends.vocabulary.errors import AmendsError, BadInput, NotApproved, WrongAccount

SALT = "compose"


@dataclass(frozen=True)
class State:
    """What a composer was opened for; signed, so that a form for @A never publishes as @B."""

    account_id: str
    draft_id: str
    kind: str
    reply_to: str
    by: str

    def signed(self) -> str:
        """Return the state as the form carries it."""
        return signing.dumps(vars(self), salt=SALT)


def state_in(request: HttpRequest) -> State:
    """Return the state that a form carries.

    Raises:
        BadInput: it was not signed here, or for somebody else.
    """
    try:
        found = State(**signing.loads(request.POST.get("state", ""), salt=SALT))
    except (signing.BadSignature, TypeError):
        raise BadInput(_("This form is too old: open Compose again. The draft is kept.")) from None
    if found.by != request.user.get_username():
        raise BadInput(_("This form was opened by somebody else: open Compose again."))
    return found


@dataclass(frozen=True)
class Pointed:
    """One finding with the words it points at."""

    finding: Finding
    words: str
    shape: str


def pointed(review: Review, text: str) -> tuple[Pointed, ...]:
    """Return the findings, gravest first."""
    shapes = {Decision.PASS: "quiet", Decision.ASK: "watch", Decision.STOP: "grave"}
    ordered = sorted(review.findings, key=lambda one: (-one.decision, one.start))
    return tuple(Pointed(one, text[one.start : one.end], shapes[one.decision]) for one in ordered)


# ---- the page ----


@never_cache
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """Show the composer, or carry out what its buttons ask."""
    if request.method == "POST":
        return _act(request)
    found = _opened(request)
    if found is None:
        return render(request, "prevent/choose.html", {"accounts": brands.list_accounts()})
    state, text = found
    first = {"text": text}
    if brands.account(state.account_id).account.place and _under(state) is None:
        first["answers"] = state.reply_to
    return _page(request, state, ComposeForm(first))


def _opened(request: HttpRequest) -> tuple[State, str] | None:
    """Return what the composer opens with, None when the account is still to be chosen."""
    by = request.user.get_username()
    if request.GET.get("post"):
        return _answer_under(by, posts.post(request.GET["post"]))
    draft_id = request.GET.get("draft") or ""
    if not draft_id and not request.GET.keys() & {"account", "new"}:
        draft_id = draft.latest(by)
    if draft_id:
        return _kept(by, draft_id)
    if request.GET.get("text_of"):
        return _kept(by, parts.as_draft(by, request.GET["text_of"]))
    account = _chosen_account(request)
    return (_fresh(request, by, account), "") if account is not None else None


def _kept(by: str, draft_id: str) -> tuple[State, str]:
    account_id, text, kind, reply_to = draft.load(draft_id)
    return State(account_id, draft_id, kind, reply_to, by), text


def _answer_under(by: str, post: PostView) -> tuple[State, str]:
    made = draft.save(by, post.account.id, "", kind="reply", reply_to=post.network_id)
    return State(post.account.id, made, "reply", post.network_id, by), ""


def _chosen_account(request: HttpRequest) -> AccountView | None:
    if request.GET.get("account"):
        return brands.account(request.GET["account"])
    known = brands.list_accounts()
    brand = Frame(request).brand
    if brand is not None:
        known = tuple(one for one in known if one.account.brand.id == brand.id)
    return known[0] if len(known) == 1 else None


def _fresh(request: HttpRequest, by: str, view: AccountView) -> State:
    """Return a state with a draft of its own, the empty one of before where it is still empty."""
    kept = request.session.get("empty_draft", "")
    try:
        found = posts.draft(kept)
        reuse = not (found.text or found.media or found.reply_to) and found.kind == "post"
    except BadInput:
        reuse = False
    made = draft.save(by, view.account.id, "", draft_id=kept if reuse else "")
    request.session["empty_draft"] = made
    return State(view.account.id, made, "post", "", by)


def _page(
    request: HttpRequest, state: State, form: ComposeForm, *, refused: str = ""
) -> HttpResponse:
    form.is_valid()
    text = form.cleaned_data.get("text", "")
    view = brands.account(state.account_id)
    zone = view.account.brand.time_zone
    most, alt_limit = pictures.can(view.account)
    context = {
        "state": state.signed(),
        "view": view,
        "account": view.account,
        "is_frozen": hold.is_held(view.account.id),
        "others": tuple(o for o in brands.list_accounts() if o.account.id != state.account_id),
        "form": form,
        "at": form.cleaned_data.get("at", ""),
        "answers": form.cleaned_data.get("answers", ""),
        "earliest": clock.now().astimezone(zone_of(zone)).strftime(LOCAL),
        "refused": refused,
        "pictures": picturing.in_draft(state.draft_id),
        "takes": most,
        "alt_limit": alt_limit,
        **_verdict(_answering(state, form), text, form.cleaned_data.get("reason", "")),
    }
    return render(request, "prevent/compose.html", context, status=422 if refused else 200)


def _answering(state: State, form: ComposeForm) -> State:
    """Return the state as an answer where a link was pasted, so that it is judged as one."""
    return replace(state, kind="reply") if _answers(state, form) else state


def _answers(state: State, form: ComposeForm) -> str | None:
    """Return the pasted link of what is answered; None where nothing can be answered that way."""
    if not brands.account(state.account_id).account.place or _under(state) is not None:
        return None
    return str(form.cleaned_data.get("answers", "")).strip()


def _under(state: State) -> PostView | None:
    if not state.reply_to:
        return None
    post_id = posts.post_by_address(state.account_id, state.reply_to)
    return posts.post(post_id) if post_id else None


def _verdict(state: State, text: str, reason: str) -> dict[str, Any]:
    under = _under(state)
    answers = under.text if under else ""
    review = draft.review(state.account_id, text, kind=state.kind, answers=answers)
    return {
        "under": under,
        "review": review,
        "text": text,
        "pointed": pointed(review, text),
        "asks": review.decision != "pass",
        "reason": reason,
    }


# ---- what its buttons ask ----


@never_cache
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Keep the draft as it is typed and return the verdict on it."""
    form = ComposeForm(request.POST)
    form.is_valid()
    state, text = state_in(request), form.cleaned_data["text"]
    _save(state, text, picturing.told_in(request), _answers(state, form) or "")
    account = brands.account(state.account_id).account
    found = _verdict(_answering(state, form), text, form.cleaned_data.get("reason", ""))
    return render(request, "prevent/verdict.html", {**found, "account": account, "is_part": True})


def _save(state: State, text: str, told: pictures.Told, answers: str = "") -> None:
    """Keep the words, and those about the pictures.

    Raises:
        WrongAccount: the draft was moved to another account in another window.
        BadInput: it is in the outbox already.
    """
    if posts.draft(state.draft_id).sent:
        raise BadInput(_("This draft is in the outbox already. Look under Calendar."))
    now_for = draft.load(state.draft_id)[0]
    if now_for != state.account_id:
        handle = brands.account(now_for).account.handle
        raise WrongAccount(
            _("This draft was moved to @%(handle)s in another window: nothing was sent.")
            % {"handle": handle}
        )
    draft.save(
        state.by,
        state.account_id,
        text,
        draft_id=state.draft_id,
        kind=state.kind,
        reply_to=state.reply_to or answers,
        told=told,
    )


def _act(request: HttpRequest) -> HttpResponse:
    state, form = state_in(request), ComposeForm(request.POST)
    form.is_valid()
    try:
        answers = _answers(state, form) or ""
        _save(state, form.cleaned_data["text"], picturing.told_in(request), answers)
        return _carry_out(request, state, form)
    except NotApproved as problem:
        _note_asked(state, form.cleaned_data["text"])
        return _page(request, state, form, refused=str(problem))
    except AmendsError as problem:
        return _page(request, state, form, refused=str(problem))


def _carry_out(request: HttpRequest, state: State, form: ComposeForm) -> HttpResponse:
    action, _colon, target = request.POST.get("action", "publish").partition(":")
    if action == "look":
        return redirect(f"{reverse('compose')}?draft={state.draft_id}")
    if action == "move":
        return _move(request, state, target)
    if action in {"add", "remove"}:
        return _change_pictures(request, state, remove=target if action == "remove" else "")
    _refuse_unseen(request, state)
    return _publish(state, form, scheduled=action == "schedule")


def _change_pictures(request: HttpRequest, state: State, *, remove: str) -> HttpResponse:
    if remove:
        pictures.take_out(state.by, state.draft_id, remove)
    else:
        picturing.take_in(state.by, state.draft_id, picturing.chosen_in(request))
    return redirect(f"{reverse('compose')}?draft={state.draft_id}#pictures")


def _refuse_unseen(request: HttpRequest, state: State) -> None:
    """Add pictures that were only chosen: nothing leaves that its writer has not seen here."""
    chosen = picturing.chosen_in(request)
    if chosen:
        picturing.take_in(state.by, state.draft_id, chosen)
        raise BadInput(_("The pictures are added: look at them, then publish."))


def _move(request: HttpRequest, state: State, account_id: str) -> HttpResponse:
    draft.move(state.by, state.draft_id, account_id)
    handle = brands.account(account_id).account.handle
    messages.info(request, _("The draft is with @%(handle)s now.") % {"handle": handle})
    return redirect(f"{reverse('compose')}?draft={state.draft_id}")


def _publish(state: State, form: ComposeForm, *, scheduled: bool) -> HttpResponse:
    account = brands.account(state.account_id).account
    at = local_time(form.cleaned_data["at"], account.brand.time_zone) if scheduled else None
    given = form.cleaned_data
    made = draft.publish(
        state.by,
        state.draft_id,
        text=given["text"],
        account_id=state.account_id,
        reason=given["reason"],
        at=at,
        typed_handle=given["typed_handle"],
        answers_link=_answers(state, form),
    )
    return redirect(f"{reverse('calendar')}#{made}")


def _note_asked(state: State, text: str) -> None:
    """Let a change after this count as a mistake kept small."""
    found = draft.review(state.account_id, text, kind=state.kind)
    rules = sorted({one.rule for one in found.findings if one.decision > Decision.PASS})
    draft.note_asked(state.draft_id, tuple(rules))
