"""Lessons: distilled from the mistake, replayed over history, adopted by a person."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from amends.answer.stages import LessonAdopted
from amends.flows import clock, course, ids
from amends.learn.lessons import adoption, distil
from amends.learn.replay import replay as replayed
from amends.rulebook.pattern import Pattern
from amends.store import incidents, lessons, posts, records
from amends.store.lessons import KeptLesson, KeptReplay
from amends.store.turns import turn
from amends.vocabulary.errors import BadInput
from amends.vocabulary.incident import Stage
from amends.vocabulary.lesson import Lesson
from amends.vocabulary.post import Post
from amends.vocabulary.record import Verb

LOOKALIKES = 8
SHOWN = 20  # wrongly asked posts that a person reads


def propose(by: str, incident_id: str) -> str:
    """Distil a lesson from the incident's post and return its id; one an incident.

    Raises:
        BadInput: the incident has no post of ours to learn from.
    """
    with turn():
        known = lessons.of_incident(incident_id)
        if known:
            return known
        about, at = incidents.about(incident_id), clock.now()
        if not about.post_id:
            raise BadInput(_("This incident has no post of yours to learn a rule from."))
        post = posts.post(about.post_id)
        lookalikes = _lookalikes(post.account.id, post.text)
        taught = Lesson(incident_id, post.account.id, (post.text,), lookalikes)
        lesson_id = ids.new("lesson")
        pattern = distil(taught, _history_texts(post.account.id))
        kept = KeptLesson(
            id=lesson_id,
            incident_id=incident_id,
            account_id=post.account.id,
            example=post.text,
            lookalikes=lookalikes,
            pattern=replace(pattern, name=lesson_id, why=_why(about.title)),
            unused=(),
        )
        lessons.save(kept)
        incidents.note(incident_id, "lesson", _("A lesson was drafted."), at=at, by=by)
    return lesson_id


def _why(title: str) -> str:
    return f"This resembles a mistake this team has made before: {title}"


def _history_texts(account_id: str) -> list[str]:
    return [text for _, text in posts.history(account_id)]


def _lookalikes(account_id: str, example: str) -> tuple[str, ...]:
    """Return good posts of the account that share the most words with the example."""
    words = set(example.casefold().split())
    texts = dict.fromkeys(_history_texts(account_id))
    near = sorted(texts, key=lambda text: -len(words & set(text.casefold().split())))
    return tuple(near[:LOOKALIKES])


def adjust(  # noqa: PLR0913 - what a person may change about a lesson
    by: str,
    lesson_id: str,
    *,
    signs_in_use: list[str],
    at_least: int,
    added_words: str,
    lookalikes: list[str],
    account_ids: list[str],
) -> None:
    """Change a lesson; what its replay said is forgotten, for it was another rule.

    Raises:
        BadInput: no sign is left, or there are fewer signs than asked for.
    """
    with turn():
        kept = lessons.load(lesson_id)
        if kept.adopted_as:
            raise BadInput(_("This lesson is a rule already; propose a new one to change it."))
        passing = tuple(line.strip() for line in lookalikes if line.strip())
        pattern = _with_words(kept, added_words, passing)
        added = [sign for sign in pattern.signs if sign not in kept.pattern.signs]
        unused = tuple(
            sign for sign in pattern.signs if sign not in signs_in_use and sign not in added
        )
        left = len(pattern.signs) - len(unused)
        if left < 1:
            raise BadInput(_("Leave at least one sign in use."))
        chosen = min(max(at_least, 1), left)
        pattern = replace(
            pattern, at_least=chosen, account_ids=tuple(account_ids) or (kept.account_id,)
        )
        lessons.save(replace(kept, pattern=pattern, unused=unused, lookalikes=passing, replay=None))
        records.enter(Verb.SETTING_CHANGED, f"lesson:{lesson_id}", by=by, at=clock.now())


def _with_words(kept: KeptLesson, added_words: str, lookalikes: tuple[str, ...]) -> Pattern:
    """Return the lesson's pattern with signs for the words that a person adds."""
    words = [part.strip() for part in added_words.replace("\n", ",").split(",") if part.strip()]
    if not words:
        return kept.pattern
    taught = Lesson(kept.incident_id, kept.account_id, (kept.example,), lookalikes)
    fresh = distil(taught, _history_texts(kept.account_id), synonyms=words)
    new = tuple(sign for sign in fresh.signs if sign not in kept.pattern.signs)
    return replace(kept.pattern, signs=(*kept.pattern.signs, *new))


def replay(by: str, lesson_id: str) -> None:
    """Try the lesson on the history of its accounts and keep what it would have done."""
    with turn():
        kept, at = lessons.load(lesson_id), clock.now()
        pattern = kept.in_use
        history = [
            Post(id=post_id, account_id=account_id, text=text, at=at)
            for account_id in pattern.account_ids
            for post_id, text in posts.history(account_id)
        ]
        example = Post(id="example", account_id=kept.account_id, text=kept.example, at=at)
        found = replayed(pattern, [*history, example], frozenset({"example"}))
        taught = Lesson(kept.incident_id, kept.account_id, (kept.example,), kept.lookalikes)
        allowed = adoption(pattern, taught, false_hits=found.would_stop, good_posts=len(history))
        result = KeptReplay(
            caught=tuple(found.caught),
            would_ask=tuple(one.text for one in found.examples[:SHOWN]),
            of=len(history),
            bound=allowed.bound,
            may_ask=allowed.may_ask,
            may_stop=allowed.may_stop,
            example_caught="example" in found.caught,
        )
        lessons.save(replace(kept, replay=result))
        words = (
            f"The lesson was replayed over {len(history)} posts: "
            f"it would have asked on {found.would_stop}."
        )
        incidents.note(kept.incident_id, "lesson", words, at=at, by=by)
        records.enter(Verb.LESSON_REPLAYED, f"lesson:{lesson_id}", by=by, at=at)


def adopt(by: str, lesson_id: str, decision: str, review_on: date) -> None:
    """Make the lesson a rule.

    Raises:
        BadInput: it was not replayed, or may not stop.
        WrongStage: its incident has not settled yet.
    """
    with turn():
        kept, at = lessons.load(lesson_id), clock.now()
        if kept.adopted_as:
            raise BadInput(_("This lesson is a rule already."))
        if review_on <= at.date():
            raise BadInput(_("Choose a day to look at it again that is still to come."))
        if kept.replay is None:
            raise BadInput(
                _("Replay it first: see what it would have caught, and wrongly stopped.")
            )
        if not kept.replay.may_ask:
            raise BadInput(
                _("It does not catch its own example, or asks on a lookalike: change it.")
            )
        if decision == "stop" and not kept.replay.may_stop:
            raise BadInput(_("This history is too short to let it stop. Adopt it as ask."))
        if incidents.load_incident(kept.incident_id).stage is not Stage.LEARNED:
            course.follow(kept.incident_id, LessonAdopted(by), at=at)
        lessons.adopt(lesson_id, decision, by=by, at=at, review_on=review_on)
        words = f"The lesson is a rule now: it {'stops' if decision == 'stop' else 'asks'}."
        incidents.note(kept.incident_id, "lesson", words, at=at, by=by)
        records.enter(Verb.LESSON_ADOPTED, f"lesson:{lesson_id}", by=by, at=at)


def retire(by: str, lesson_id: str, why: str) -> None:
    """Withdraw a rule that a lesson became; it can be changed and adopted again.

    Raises:
        BadInput: it is no rule, or there is no reason.
    """
    if not why.strip():
        raise BadInput(_("Say in one sentence why this rule is withdrawn."))
    with turn():
        kept, at = lessons.load(lesson_id), clock.now()
        if not kept.adopted_as:
            raise BadInput(_("This lesson is no rule now, so there is nothing to withdraw."))
        lessons.retire(lesson_id)
        words = f"The lesson's rule was withdrawn: {why.strip()}"
        incidents.note(kept.incident_id, "lesson", words, at=at, by=by)
        records.enter(Verb.SETTING_CHANGED, f"lesson:{lesson_id}", by=by, at=at)
