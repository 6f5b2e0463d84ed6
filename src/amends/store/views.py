"""What pages and commands see of the store: frozen rows, never querysets.

Times are aware, UTC, on the workspace's clock; pages show them in the brand's time zone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from amends.rulebook.rule import Finding
from amends.vocabulary.brand import Account, Brand
from amends.vocabulary.incident import Affected, Circumstances, Evidence, Fact, Incident, Stage
from amends.vocabulary.lesson import Price
from amends.vocabulary.mention import MentionKind, Reading
from amends.vocabulary.outgoing import Attached, OutgoingKind, OutgoingState
from amends.vocabulary.reproach import Severity


@dataclass(frozen=True)
class AccountView:
    """One account as the desk shows it."""

    account: Account
    server: str
    connected: bool
    connection_words: str  # why not connected, "" when it is
    last_heard_at: datetime | None
    heard_late: bool  # three polls missed or more: never "calm"
    posts_known: int  # history that the voiceprint stands on


@dataclass(frozen=True)
class ThreadPlace:
    """Where one post of a thread stands among the others."""

    id: str  # the first part's
    part: int  # 1 for the first
    parts: int
    live: int  # how many of them are out
    waits_for: int  # number of the part that must be out first, 0 for none


@dataclass(frozen=True)
class OutgoingView:
    """One text that leaves or left, with the state that may be shown on evidence."""

    id: str
    kind: OutgoingKind
    account: Account
    text: str
    state: OutgoingState
    due_at: datetime
    url: str
    words: str  # the network's own sentence, or ours
    reason: str  # why the person went on, "" when nothing was asked
    published_at: datetime | None
    confirmed_at: datetime | None
    next_look_at: datetime | None
    incident_id: str
    affected_id: str
    may_undo: bool
    short_hash: str
    taken_down: bool = field(default=False, kw_only=True)  # by our own hand, since it was live
    target: str = ""  # what it answers or removes, "" for none
    network_id: str = ""
    confirmed_by: str = ""  # who said that it is out, where a person put it out by hand
    in_hand_of: str = ""  # who is putting it out by hand just now
    in_hand_until: datetime | None = None  # real time
    pictures: tuple[Attached, ...] = ()
    thread: ThreadPlace | None = None  # None where it stands alone
    lateness_s: int = 0


@dataclass(frozen=True)
class PostView:
    """A published text of ours."""

    id: str
    account: Account
    text: str
    at: datetime
    url: str
    network_id: str
    taken_down_at: datetime | None
    mentions: int
    reproaches: int


@dataclass(frozen=True)
class MentionView:
    """One mention with its reading and what was made of it."""

    id: str
    account: Account
    author_handle: str
    author_name: str
    text: str
    url: str
    kind: MentionKind
    heard_at: datetime
    about_post_id: str
    about_text: str
    reading: Reading | None
    is_reproach: bool
    judged_by: str  # name of the person who corrected the reader, "" when none did
    level_word: str  # hint, disapproval, accusation, blame or ""
    incident_id: str
    answered: bool
    affected_id: str


@dataclass(frozen=True)
class HoldView:
    """A hold with its receipt."""

    id: str
    scope_words: str  # "@candil.test", "Candil, every account", "everything"
    set_by: str
    set_at: datetime
    why: str
    released_at: datetime | None
    released_by: str
    held: tuple[OutgoingView, ...]
    in_flight: tuple[OutgoingView, ...]
    out_of_reach: tuple[str, ...]


@dataclass(frozen=True)
class AlarmView:
    """One alarm as the page announces it."""

    id: str
    account: Account
    at: datetime
    since: datetime
    people: int
    usual: float
    about_post: PostView | None
    words: tuple[str, ...]  # the heaviest texts since the onset
    incident_id: str
    state: str  # open, not us, watching, seen
    watch_until: datetime | None
    stated_days_per_false_alarm: float
    record: str  # "2 alarms in 90 days, 1 not us"


@dataclass(frozen=True)
class BrandLine:
    """One brand on the home board; `state` is incident, not hearing, watch, calm or by hand.

    "By hand" is a brand of which nothing is heard, because people work all of its accounts.
    """

    brand: Brand
    accounts: tuple[AccountView, ...]
    state: str
    words: str  # one sentence of fact
    people: int
    since: datetime | None
    incident_id: str
    posts_today: int
    next_post_at: datetime | None
    held: int
    missed: int
    to_decide: int  # texts that only a person can decide, the missed ones among them
    unanswered: int
    oldest_unanswered_at: datetime | None


@dataclass(frozen=True)
class HomeBoard:
    """All brands, worst first, as of a moment."""

    as_of: datetime
    lines: tuple[BrandLine, ...]
    practice: bool
    clock_may_move: bool
    offset: timedelta


@dataclass(frozen=True)
class TimelineLine:
    """One line of an incident's timeline."""

    at: datetime
    words: str
    by: str
    verb: str


@dataclass(frozen=True)
class StatementView:
    """The statement as it stands on one incident, with each account's outcome."""

    id: str
    kind: str  # holding or statement
    text: str
    language: str
    content_hash: str  # what an approval binds to
    short_hash: str
    approved_by: str
    approved_at: datetime | None
    withdrawn: bool
    accounts: tuple[Account, ...]
    outgoing: tuple[OutgoingView, ...]
    replaced_by: str = ""


@dataclass(frozen=True)
class AffectedView:
    """One person hurt, with the answer written to them."""

    affected: Affected
    added_by: str
    said_url: str
    mention_id: str
    can_reply: bool  # false: only by hand
    outgoing: tuple[OutgoingView, ...]
    by_hand_link: str
    locked_by: str
    hand_accounts: tuple[Account, ...] = ()  # from which a person can be written to by hand


@dataclass(frozen=True)
class CurvePoint:
    """Reproach in one stretch of time against the usual."""

    at: datetime
    weight: float
    usual: float


@dataclass(frozen=True)
class LessonView:
    """A lesson: its pattern, what the replay said, and whether it was adopted."""

    id: str
    incident_id: str
    incident_title: str
    account: Account
    example: str
    lookalikes: tuple[str, ...]
    signs: tuple[tuple[str, str, bool], ...]  # (key, words a person reads, in use)
    at_least: int
    replayed: bool
    caught: tuple[str, ...]
    would_ask: tuple[str, ...]  # good posts it would have stopped, to read
    of: int
    bound_percent: float
    may_ask: bool
    may_stop: bool
    example_caught: bool
    adopted_at: datetime | None
    adopted_by: str
    adopted_as: str  # ask or stop, "" while it is a proposal
    review_at: date | None
    hits: int
    account_ids: tuple[str, ...] = ()  # whose drafts it looks at


@dataclass(frozen=True)
class Clock:
    """One of the incident's clocks."""

    name: str  # first_reproach, first_word, next_update, full_answer, calm
    since: datetime | None
    until: datetime | None
    done_at: datetime | None


@dataclass(frozen=True)
class Room:
    """Everything on one incident's page."""

    incident: Incident
    title: str
    brand: Brand
    accounts: tuple[Account, ...]
    opened_because: str
    post: PostView | None
    next_step: str  # hold, facts, options, statement, people, settle, lesson or done
    holds: tuple[HoldView, ...]
    facts: tuple[Fact, ...]
    circumstances: Circumstances
    chosen_option: str
    chosen_why: str
    statements: tuple[StatementView, ...]
    affected: tuple[AffectedView, ...]
    mentions: tuple[MentionView, ...]
    evidence: tuple[Evidence, ...]
    timeline: tuple[TimelineLine, ...]
    curve: tuple[CurvePoint, ...]
    clocks: tuple[Clock, ...]
    people: int
    settle_proposed_at: datetime | None
    calm_words: str  # what is still missing to settle, or that it is calm
    answered_how: str  # statement, private answers, taken down openly, clarified, silence, ""
    recurrence: str  # what the earlier lesson was, "" when it is the first time
    lesson: LessonView | None
    price: Price
    now: datetime


@dataclass(frozen=True)
class IncidentLine:
    """One incident in the list."""

    id: str
    title: str
    brand: Brand
    stage: Stage
    severity: Severity
    opened_at: datetime
    people: int
    lead: str
    next_step: str


@dataclass(frozen=True)
class PostSize:
    """How long one post is, as its network counts."""

    number: int  # 1 for the first
    used: int
    limit: int
    unit: str
    over: bool
    maybe_over: bool


@dataclass(frozen=True)
class Review:
    """A verdict on a draft as the compose page shows it."""

    decision: str  # pass, ask or stop
    findings: tuple[Finding, ...]
    likely: Account | None
    used: int
    limit: int
    unit: str
    over: bool
    maybe_over: bool
    type_handle: bool  # the account's handle must be typed by hand to publish
    posts: tuple["PostSize", ...]  # each post of a thread, one for a text that stands alone
    voice_words: str  # "Too few posts by @x (38) to know its voice. ..." or ""
    pieces: tuple[tuple[str, bool], ...] = field(default=())  # the text cut at marked spans
