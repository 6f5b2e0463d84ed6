"""Health for those outside, without signing in: ages and counts, never a name or a text."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from amends.flows import health
from amends.flows.health import Health
from amends.store import gauges

LATE = timedelta(minutes=1)  # so long a text may be late before the pages speak of it, unasked


@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Answer 200 while all is well and 503 otherwise, with the same numbers."""
    found = health.checked()
    said = {
        "ok": found.ok,
        "wrong": list(found.wrong),
        "oldest_unsent_s": _seconds(found.unsent),
        "oldest_unconfirmed_s": _seconds(found.unconfirmed),
        "oldest_poll_s": _seconds(found.poll),
        "waiting_for_person": found.waiting,
        "workers": [{"kind": one.kind, "seen_s": _seconds(one.seen)} for one in found.loops],
    }
    return JsonResponse(said, status=200 if found.ok else 503)


def _seconds(age: timedelta | None) -> float:
    return 0.0 if age is None else round(max(age.total_seconds(), 0.0), 1)


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Return the same numbers, and a few more, as Prometheus reads them."""
    found = health.checked()
    lines = list(_lines(found))
    if "store" not in found.wrong:
        try:
            lines += _counted()
        except DatabaseError:  # gone between the two: what is known is said
            lines[0] = "amends_ok 0"
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines(found: Health) -> Iterable[str]:
    yield from _gauge("amends_ok", "1 while all is well.", {"": int(found.ok)})
    yield from _gauge(
        "amends_oldest_unsent_seconds",
        "Age of the oldest due text that has not left.",
        {"": _seconds(found.unsent)},
    )
    yield from _gauge(
        "amends_oldest_unconfirmed_seconds",
        "Age of the oldest text of which nobody knows whether it is out.",
        {"": _seconds(found.unconfirmed)},
    )
    yield from _gauge(
        "amends_oldest_poll_seconds", "Age of the oldest due poll.", {"": _seconds(found.poll)}
    )
    yield from _gauge(
        "amends_waiting_for_person", "Texts that a person must decide.", {"": found.waiting}
    )
    living = {f'{{kind="{kind}"}}': len(found.living(kind)) for kind in health.LOOPS}
    yield from _gauge("amends_workers", "Loops seen in the last two minutes.", living)


def _counted() -> Iterable[str]:
    states = {f'{{state="{state.value}"}}': n for state, n in gauges.by_state().items()}
    yield from _gauge("amends_outgoing", "Texts by state.", states)
    yield from _gauge("amends_holds", "Holds that stand.", {"": gauges.standing_holds()})
    ends = {f'{{result="{result.lower()}"}}': n for result, n in sorted(gauges.attempts().items())}
    yield from _gauge("amends_attempts_total", "Calls by result.", ends, kind="counter")


def _gauge(
    name: str, words: str, values: Mapping[str, float], kind: str = "gauge"
) -> Iterable[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
    yield from (f"{name}{labels} {value}" for labels, value in values.items())


# ---- in words, for the desk's own pages ----


def words(found: Health) -> str:
    """Return the health in a few words: "Oldest unsent: none. Workers: 1, last seen 2 s ago."."""
    said = [_("Oldest unsent: %(age)s.") % {"age": age(found.unsent)}]
    if found.unconfirmed is not None:
        said.append(_("Oldest unconfirmed: %(age)s.") % {"age": age(found.unconfirmed)})
    living = found.living("sender")
    if living:
        told = {"n": len(living), "age": age(living[0].seen)}
        said.append(_("Workers: %(n)d, last seen %(age)s ago.") % told)
    else:
        said.append(_("Workers: none at work."))
    return " ".join(said)


def stuck() -> str:
    """Return one calm sentence where something due does not leave; "" otherwise."""
    unsent = health.unsent()
    if unsent is None or unsent < LATE:
        return ""
    late = _("A text has been due for %(age)s and has not left.") % {"age": age(unsent)}
    found = health.look()
    if not found.living("sender"):
        cure = _("No worker is at work: start `amends up`, or `amends work`.")
        return f"{late} {cure} {_('Nothing is lost.')}"
    if unsent > health.limit():
        return f"{late} {_('See under Calendar what stands beside it. Nothing is lost.')}"
    return ""


def age(found: timedelta | None) -> str:
    """Return an age as a person says it: none, 2 s, 5 minutes, 3 hours."""
    if found is None:
        return _("none")
    seconds = int(max(found.total_seconds(), 0))
    if seconds < 60:
        return _("%(n)d s") % {"n": seconds}
    if seconds < 7_200:
        n = seconds // 60
        return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}
    n = seconds // 3_600
    return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}
