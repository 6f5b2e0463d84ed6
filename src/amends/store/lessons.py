"""Lessons: patterns, what their replay said, and whether they were adopted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from amends.learn.signs import readable
from amends.rulebook import pattern as patterns
from amends.rulebook.pattern import Pattern
from amends.rulebook.rule import Decision
from amends.store.brands import account_of
from amends.store.models import LessonRow
from amends.store.views import LessonView
from amends.vocabulary.errors import BadInput


@dataclass(frozen=True)
class KeptReplay:
    """What a pattern did over history."""

    caught: tuple[str, ...]
    would_ask: tuple[str, ...]
    of: int
    bound: float  # upper bound of the share of good posts wrongly asked, 0..1
    may_ask: bool
    may_stop: bool
    example_caught: bool


@dataclass(frozen=True)
class KeptLesson:
    """A lesson as it stands; `pattern` holds every sign that was offered."""

    id: str
    incident_id: str
    account_id: str
    example: str
    lookalikes: tuple[str, ...]
    pattern: Pattern
    unused: tuple[str, ...]
    replay: KeptReplay | None = None
    adopted_as: str = ""

    @property
    def in_use(self) -> Pattern:
        """The pattern with the signs that a person left in."""
        signs = tuple(sign for sign in self.pattern.signs if sign not in self.unused)
        return replace(self.pattern, signs=signs, at_least=min(self.pattern.at_least, len(signs)))


def save(kept: KeptLesson) -> None:
    """Keep a lesson, new or changed."""
    values = {
        "incident_id": kept.incident_id,
        "account_id": kept.account_id,
        "example": kept.example,
        "lookalikes": list(kept.lookalikes),
        "pattern": patterns.to_json(kept.pattern),
        "unused": list(kept.unused),
        "replay": vars(kept.replay) if kept.replay else {},
    }
    LessonRow.objects.update_or_create(pk=kept.id, defaults=values)


def _replay(found: dict[str, Any]) -> KeptReplay | None:
    if not found:
        return None
    lists = {key: tuple(found[key]) for key in ("caught", "would_ask")}
    return KeptReplay(**{**found, **lists})


def _words(row: LessonRow) -> KeptLesson:
    return KeptLesson(
        id=row.id,
        incident_id=row.incident_id,
        account_id=row.account_id,
        example=row.example,
        lookalikes=tuple(row.lookalikes),
        pattern=patterns.from_json(row.pattern),
        unused=tuple(row.unused),
        replay=_replay(row.replay),
        adopted_as=row.adopted_as,
    )


def load(lesson_id: str) -> KeptLesson:
    """Return a lesson.

    Raises:
        BadInput: There is no such lesson.
    """
    row = LessonRow.objects.filter(pk=lesson_id).first()
    if row is None:
        raise BadInput(_("There is no such lesson here. Look under Lessons."))
    return _words(row)


def of_incident(incident_id: str) -> str:
    """Return the id of an incident's lesson, "" for none."""
    rows = LessonRow.objects.filter(incident_id=incident_id)
    return rows.values_list("pk", flat=True).first() or ""


def adopt(lesson_id: str, decision: str, *, by: str, at: datetime, review_on: date) -> None:
    """Keep that a lesson is a rule from now on."""
    LessonRow.objects.filter(pk=lesson_id).update(
        adopted_at=at, adopted_by=by, adopted_as=decision, review_on=review_on
    )


def retire(lesson_id: str) -> None:
    """Keep that a lesson is no rule any more."""
    LessonRow.objects.filter(pk=lesson_id).update(adopted_at=None, adopted_by="", adopted_as="")


def adopted() -> tuple[KeptLesson, ...]:
    """Return the lessons that are rules now."""
    rows = LessonRow.objects.exclude(adopted_at=None).filter(account__brand__archived=False)
    return tuple(_words(row) for row in rows.order_by("pk"))


def adopted_pattern(kept: KeptLesson) -> Pattern:
    """Return the pattern as it was adopted."""
    decision = Decision.STOP if kept.adopted_as == "stop" else Decision.ASK
    return replace(kept.in_use, decision=decision)


def count_hits(lesson_ids: Sequence[str]) -> None:
    """Count that these lessons spoke about a draft that somebody wanted to publish."""
    LessonRow.objects.filter(pk__in=lesson_ids).update(hits=F("hits") + 1)


def _view(row: LessonRow) -> LessonView:
    kept = _words(row)
    replay = kept.replay
    return LessonView(
        id=row.id,
        incident_id=row.incident_id,
        incident_title=row.incident.title,
        account=account_of(row.account),
        example=row.example,
        lookalikes=kept.lookalikes,
        signs=tuple((sign, readable(sign), sign not in kept.unused) for sign in kept.pattern.signs),
        at_least=kept.in_use.at_least,
        replayed=replay is not None,
        caught=replay.caught if replay else (),
        would_ask=replay.would_ask if replay else (),
        of=replay.of if replay else 0,
        bound_percent=round(100 * replay.bound, 1) if replay else 100.0,
        may_ask=replay is not None and replay.may_ask,
        may_stop=replay is not None and replay.may_stop,
        example_caught=replay is not None and replay.example_caught,
        adopted_at=row.adopted_at,
        adopted_by=row.adopted_by,
        adopted_as=row.adopted_as,
        review_at=row.review_on,
        hits=row.hits,
        account_ids=kept.pattern.account_ids,
    )


def list_lessons() -> tuple[LessonView, ...]:
    """Return the lessons, adopted ones last taught first."""
    rows = LessonRow.objects.select_related("incident", "account__brand").filter(
        account__brand__archived=False
    )
    return tuple(_view(row) for row in rows.order_by("-adopted_at", "-pk"))


def lesson(lesson_id: str) -> LessonView:
    """Return one lesson as pages show it.

    Raises:
        BadInput: There is no such lesson.
    """
    row = (
        LessonRow.objects.select_related("incident", "account__brand").filter(pk=lesson_id).first()
    )
    if row is None:
        raise BadInput(_("There is no such lesson here. Look under Lessons."))
    return _view(row)
