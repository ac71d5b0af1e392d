"""When: which of a sentence's dates is the day of a change, and what stands in where none is.

A date belongs to the verb of its own clause; a date beside a word of saying dates the saying. Where
no date is given the article's running date, then the day of publication stands in, marked inferred.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.claims import CHANGES, Status
from geo.dates import DateMention, DateRole, DateSpan, Precision, resolve_anchored
from geo.frames.afterwards import THEN
from geo.frames.elapsed import days_after
from geo.frames.parsed import Parsed
from geo.frames.rules import Frame
from geo.frames.slots import clause_verb, is_verb
from geo.lexicon import lexicon
from geo.recalled import NEWS_DAYS, Recalled
from geo.trees import Token


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of one frame. background: it lies too far back to be news; why: what is said where span is None."""

    span: DateSpan | None
    background: bool
    given: bool
    why: str = ""


def dated(
    frame: Frame, parsed: Parsed, published: date | None, running: DateSpan | None, recalled: Recalled | None = None
) -> Dated:
    """The date of a frame. running: the last event date of the sentences before, if still fresh; recalled: the story
    of long ago that the sentences before have begun."""
    if published is None:
        return Dated(None, False, False)
    long_after = _long_after(frame, parsed, published)
    if long_after is not None:
        return Dated(long_after, _middle(long_after) < published - timedelta(days=NEWS_DAYS), True)
    elapsed = next((length for length, name in days_after(parsed) if name is frame.beside), None)
    if elapsed is not None or THEN in frame.notes:
        first = dated(replace(frame, beside=None, notes=()), parsed, published, running, recalled)
        return _counted_back(elapsed, first) if elapsed is not None else _or_later(first, published)
    mention, owned = _own_date(frame, parsed)
    if mention is not None and mention.span is not None:
        span = mention.span
        if mention.role is DateRole.ANCHORED:
            anchor = _anchor(mention, parsed) or _told(recalled, mention) or running
            span = resolve_anchored(mention, anchor or _published(published, "publication day"))
        running_on = mention.role is DateRole.SINCE and _goes_on(frame)
        old = _middle(span) < published - timedelta(days=NEWS_DAYS) and not running_on
        if span.start > published:
            return Dated(span, False, True)
        if span.end > published:
            span = replace(span, end=published, day=min(span.day, published))
        if not owned and not old:
            span = replace(span, precision=Precision.INFERRED, basis=f"{span.basis}; the day it was said")
        return Dated(span, old, True)
    context = _context(frame) if mention is None and frame.kind in CHANGES else None
    if context is not None:
        return Dated(None, True, False, f"told as context ({context}), without a date")
    hung = _hung(mention, parsed, published, _told(recalled, mention) or running)
    if hung is not None:
        return hung
    past = recalled.of(frame, parsed) if recalled is not None else None
    if past is not None:
        basis = f"no date of its own; told on from a time long ago ({past.basis})"
        return Dated(replace(past, precision=Precision.INFERRED, basis=basis), True, False)
    return _undated(frame, published, running)


def _or_later(first: Dated, published: date) -> Dated:
    """ "took X on Friday, then Y": Y on that day or on a later one."""
    if first.span is None or first.background or not first.given:
        return first
    span = replace(first.span, end=published, precision=Precision.RANGE, basis=f"{first.span.basis}; or later")
    return replace(first, span=span)


def _goes_on(frame: Frame) -> bool:
    """ "have taken eleven villages since March": one after the other until now, a campaign that still runs."""
    verb = clause_verb(frame.trigger)
    perfect = any(c.lower_ in _PERFECT for c in verb.children if c.dep_ == "aux") and verb.dep_ not in ("relcl", "acl")
    held = any(trigger.frame == "hold" for trigger in lexicon().verbs.get(frame.trigger.lower_, ()))
    return perfect and not held and frame.kind in CHANGES and any(place.count is not None for place in frame.places)


def _counted_back(elapsed: DateMention, later: Dated) -> Dated:
    """ "took X on Friday, two days after Y": when Y was taken, counted back from X."""
    if later.span is None or elapsed.shift is None:
        return later
    less = replace(elapsed.shift, number=-elapsed.shift.number, least=-elapsed.shift.most, most=-elapsed.shift.least)
    return replace(later, span=resolve_anchored(replace(elapsed, shift=less), later.span))


def _undated(frame: Frame, published: date, running: DateSpan | None) -> Dated:
    """What stands in for the date of a frame that has none: the running date, else the day of publication."""
    if frame.kind not in CHANGES and _is_present(frame):
        return Dated(_published(published, "told in the present tense; publication day"), False, False)
    if running is not None and running.end >= published - timedelta(days=3):
        return Dated(
            replace(
                running,
                precision=Precision.INFERRED,
                basis=f"no date of its own; as the event before it ({running.basis})",
            ),
            False,
            False,
        )
    return Dated(_published(published, "no date in the sentence; publication day"), False, False)


def _told(recalled: Recalled | None, mention: DateMention | None) -> DateSpan | None:
    """What a date that hangs on another counts from in a story of long ago."""
    return recalled.anchor(mention.start) if recalled is not None and mention is not None else None


_CREDITED = frozenset("responsible credited known famous renowned blamed infamous remembered".split())


_PERFECT = frozenset({"has", "have", "'ve", "’ve"})


def _context(frame: Frame) -> str | None:
    """What marks an undated change as told of the past: "units withdrawn from it are now", "were
    responsible for pushing", "has taken since the war began"; None where it reads as news."""
    verb = clause_verb(frame.trigger)
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp" and verb.head.head.lower_ in _CREDITED:
        return f"“{verb.head.head.text} {verb.head.text}”"
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.dep_ == "relcl" and "had" in auxiliaries:
        return "a relative clause in the past perfect"
    if verb.dep_ == "relcl" and auxiliaries & _PERFECT and any(t.lower_ == "since" for t in verb.subtree):
        return "a relative clause with “since”"
    noun = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and noun.dep_ in ("nsubj", "nsubjpass") and verb.i == noun.i + 1:
        above = clause_verb(noun.head)
        if above.lower_ in ("are", "is", "include", "includes") and above.i > verb.i:  # "those taken are A and B"
            return None
        if above.tag_ in ("VBZ", "VBP") or any(c.tag_ in ("VBZ", "VBP") for c in above.children if c.dep_ == "aux"):
            return "a participle beside the present tense"
    return None


def _hung(mention: DateMention | None, parsed: Parsed, published: date, running: DateSpan | None) -> Dated | None:
    """ "a day earlier", "the next morning": counted from another date of the sentence, the running one, or, back in
    time, from publication."""
    if mention is None or mention.role is not DateRole.ANCHORED:
        return None
    anchor = _anchor(mention, parsed) or running
    if anchor is None and mention.shift is not None and mention.shift.number < 0:
        anchor = DateSpan(published, published, published, Precision.DAY, "publication day")
    if anchor is None:
        return None
    span = resolve_anchored(mention, anchor)
    return None if span.start > published else Dated(span, _middle(span) < published - timedelta(days=NEWS_DAYS), True)


def _is_present(frame: Frame) -> bool:
    """Whether a state is told as of now: "controls", "is held", "rebel-held"."""
    verb = clause_verb(frame.trigger)
    return frame.shape == "held" or any(t.tag_ in ("VBZ", "VBP") for t in (verb, *verb.children) if t.i <= verb.i)


def _middle(span: DateSpan) -> date:
    """The middle of a span: "earlier this year" is context although it may touch yesterday."""
    return span.start + (span.end - span.start) / 2


def _long_after(frame: Frame, parsed: Parsed, published: date) -> DateSpan | None:
    """ "two months after A took X": the event lies that long before the day of the report."""
    verb = clause_verb(frame.trigger)
    for token in (frame.trigger, verb):
        after = next((c for c in token.children if c.lower_ == "after" and c.i < token.i), None)
        if after is None and token.dep_ in ("pobj", "pcomp") and token.head.lower_ == "after":
            after = token.head
        if after is None:
            continue
        at = parsed.at(after)
        before = next((d for d in parsed.dates if at[0] - 2 <= d.end <= at[1] + 1 and d.shift is not None), None)
        if before is not None and before.shift is not None and before.shift.unit in ("day", "week", "month", "year"):
            days = {"day": 1, "week": 7, "month": 30, "year": 365}[before.shift.unit]
            day = published - timedelta(days=abs(before.shift.number) * days)
            slack = timedelta(days=max(1, days // 2))
            return DateSpan(
                day - slack,
                min(published, day + slack),
                day,
                Precision.RANGE,
                f'"{before.text}" the event: counted back from publication',
            )
    return None


def _anchor(mention: DateMention, parsed: Parsed) -> DateSpan | None:
    """The date of the same sentence that "the day before" counts from."""
    fixed = [d for d in parsed.dates if d.span is not None and d.role is not DateRole.ANCHORED and d is not mention]
    return min(fixed, key=lambda d: abs(d.start - mention.start)).span if fixed else None


def _published(day: date, basis: str) -> DateSpan:
    return DateSpan(day - timedelta(days=1), day, day, Precision.INFERRED, basis)


_USABLE = frozenset(
    {
        DateRole.POINT,
        DateRole.SINCE,
        DateRole.DURING,
        DateRole.ANCHORED,
        DateRole.AFTER,
        DateRole.BY,
        DateRole.BEFORE,
        DateRole.UNTIL,
    }
)


def _own_date(frame: Frame, parsed: Parsed) -> tuple[DateMention | None, bool]:
    """The date of the frame's clause, else the date of a saying above it. True where it is the event's own."""
    roles = _USABLE | {DateRole.FUTURE} if frame.status in (Status.PLANNED, Status.HYPOTHETICAL) else _USABLE
    elapsed = [length for length, _ in days_after(parsed)]
    usable = [d for d in parsed.dates if d.role in roles and (d.span is not None or d.role is DateRole.ANCHORED)]
    usable = [d for d in usable if d not in elapsed]
    if not usable:
        return None, False
    near: list[tuple[int, int, DateMention, bool]] = []
    for mention in usable:
        token = parsed.token_at(mention.start)
        if token is None or mention.role is DateRole.UNTIL and not _when(mention, frame, parsed):
            continue
        found = _attached(mention, token, frame)
        if found is not None:
            near.append((found[0], _distance(token, frame), mention, found[1]))
    if not near:
        return None, False
    if frame.beside is not None:
        near = [(0, distance, mention, own) for _, distance, mention, own in near]
    best = min(near, key=lambda item: (item[0], _lasting(item[2]), item[1]))
    return best[2], best[3]


def _when(mention: DateMention, frame: Frame, parsed: Parsed) -> bool:
    """ "held it until Monday, when A moved in and took it": the day of what the clause with "when" tells."""
    verb = clause_verb(frame.trigger)
    verb = verb.head if verb.dep_ == "conj" else verb
    day = parsed.at(verb.head)[0]
    return verb.dep_ == "relcl" and mention.start <= day < mention.end


def _lasting(mention: DateMention) -> bool:
    """Whether a date only says how long it took: "within weeks", beside which "in December" says when."""
    return mention.text.lower().startswith("within ")


def _distance(token: Token, frame: Frame) -> int:
    """Words between a date and the frame; a date before the object it stands by is another object's."""
    if frame.beside is None:
        return abs(token.i - frame.trigger.i)
    return token.i - frame.beside.i if token.i > frame.beside.i else len(token.doc) + frame.beside.i - token.i


def _attached(mention: DateMention, token: Token, frame: Frame) -> tuple[int, bool] | None:
    """How a date belongs to a frame: rank (0 the closest), and whether it is the event's own and not the saying's."""
    verb = clause_verb(frame.trigger)
    owner = clause_verb(token)
    if mention.role is DateRole.DURING and owner.dep_ == "relcl" and owner.lower_ in _STATIVE:
        owner = clause_verb(owner.head)  # "drove them from ground they held in a matter of days"
    if _hangs_on(token, frame.trigger):
        return 0, True
    if owner.i == verb.i or _opens_clause(token, verb):
        return 1, not _says(verb)
    if verb.dep_ in ("xcomp", "conj", "advcl", "pcomp") and owner.i == _up(verb).i and not _says(owner):
        return 2, True
    if owner.dep_ in ("xcomp", "pcomp", "conj") and _up(owner).i == verb.i:
        return 2, True
    if owner.dep_ == "advcl" and _up(owner).i == verb.i and verb.i < token.i < owner.i:
        return 2, True  # "seized it earlier this year, besieging the districts around"
    if verb.dep_ == "relcl" and any(c.lower_ == "when" for c in verb.children) and _up(verb).i == owner.i:
        return 2, True  # "began earlier this year when it captured"
    if not _above(verb, owner) or owner.dep_ == "relcl" or mention.role is DateRole.SINCE:
        return None
    return (4, False) if _says(owner) else (3, True)


def _opens_clause(token: Token, verb: Token) -> bool:
    """ "They have long wanted it: in 2015 they overran it": a date behind the colon, wherever the tree hung it."""
    between = verb.doc[token.i : verb.i]
    before = verb.doc[max(0, token.i - 3) : token.i]
    return (
        bool(between)
        and any(t.text == ":" for t in before)
        and not any(is_verb(t) and t.dep_ != "amod" for t in between)
    )


_STATIVE = frozenset("held hold holds had has have was were is are controlled controls control lay lies".split())


def _hangs_on(token: Token, trigger: Token) -> bool:
    at = token
    for _ in range(5):
        if at.i == trigger.i:
            return True
        if at.head.i == at.i or is_verb(at):
            return False
        at = at.head
    return False


def _up(verb: Token) -> Token:
    at = verb.head
    return clause_verb(at)


def _above(verb: Token, owner: Token) -> bool:
    at = verb
    for _ in range(10):
        if at.i == owner.i:
            return True
        if at.head.i == at.i:
            return False
        at = at.head
    return False


def _says(verb: Token) -> bool:
    return lexicon().governors.get(verb.lower_) == "say"


def status_with_date(status: Status, when: Dated, published: date | None) -> Status:
    """A reported change whose date lies far back is background; one that lies ahead is planned."""
    if status is not Status.REPORTED or published is None:
        return status
    if when.background:
        return Status.BACKGROUND
    if when.span is not None and when.span.start > published:
        return Status.PLANNED
    return status
