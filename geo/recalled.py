"""Recalled: the past that an article has begun to tell of, so that undated sentences after it are not news.

Hears each sentence's dates in order of the text; says of a frame without a date of its own whether it goes
on with a story told of long ago ("In 1992 the militia took X. It then burned Y."). News comes back with a
fresh date, a word for now, the perfect tense, somebody who says so, or a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo.claims import CHANGES, Status
from geo.dates import DateMention, DateRole, DateSpan
from geo.discourse import Discourse
from geo.frames.parsed import Parsed
from geo.frames.rules import Frame
from geo.frames.slots import clause_verb, is_verb
from geo.trees import Token

NEWS_DAYS = 30
"""An event longer ago than this is background: the codebook's bound between news and context."""
_DATED = frozenset({DateRole.POINT, DateRole.DURING, DateRole.AFTER, DateRole.BY, DateRole.BEFORE})
_NOW = re.compile(r"\b(?:now|today|tonight|currently|this (?:week|morning|time)|at present|recently)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"[\"“]?(?:(?:shortly|soon|not long|immediately|days|weeks|months) )?"
    r"(?:after(?:wards?|ward| that)?|thereafter|later|then|subsequently)\b,?",
    re.IGNORECASE,
)
"""Words at the head of a sentence that go on with the one before, in a new paragraph too."""
_OPENING = 25
"""Characters before which a date opens its sentence: "Three years before, in 2012, ..."."""


@dataclass(frozen=True, slots=True)
class Story:
    """A time long ago, and the number of the sentence that told it."""

    span: DateSpan
    sentence: int


class Recalled:
    """The past one article is telling of. `hear` is called after each sentence, in order."""

    def __init__(self, published: date | None, discourse: Discourse) -> None:
        self._published, self._discourse = published, discourse
        self._story: Story | None = None
        self._going_on: Story | None = None

    def hear(self, dates: Sequence[DateMention], parsed: Parsed | None) -> None:
        """A sentence's dates: an old one of its main clause begins a story, a fresh one ends it."""
        if self._published is None:
            return
        if self._going_on is not None:
            self._story, self._going_on = self._going_on, None
        bound = self._published - timedelta(days=NEWS_DAYS)
        spans = [(d, d.span) for d in dates if d.span is not None and d.role in _DATED]
        old = [(d, span) for d, span in spans if span.end < bound]
        fresh = [d for d, span in spans if span.end >= bound]
        if any(d.role is DateRole.POINT for d in fresh) or fresh and not old:
            self._story = None
            return
        opening = [(d, span) for d, span in old if self._opens(d, parsed)]
        if opening:
            mention, span = opening[-1]
            self._story = Story(span, self._discourse.sentence_of(mention.start))

    def _opens(self, mention: DateMention, parsed: Parsed | None) -> bool:
        """Whether a date belongs to the main clause, or opens it: not "X, which A took in 2012, was shelled"."""
        token = parsed.token_at(mention.start) if parsed is not None else None
        if token is None:
            return mention.start - self._discourse.start_of(mention.start) < _OPENING
        verb = clause_verb(token)
        verb = verb.head if verb.dep_ == "conj" else verb
        return verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN")

    def anchor(self, offset: int) -> DateSpan | None:
        """What "that same month" counts from: the story of this sentence or of the one before."""
        story, number = self._story, self._discourse.sentence_of(offset)
        if story is None or number - story.sentence > 1:
            return None
        self._going_on = Story(story.span, number)
        return story.span

    def of(self, frame: Frame, parsed: Parsed) -> DateSpan | None:
        """The time of the story that an undated change goes on with; None where it reads as news."""
        story = self._story
        if story is None or frame.kind not in CHANGES or frame.status is not Status.REPORTED:
            return None
        number = self._discourse.sentence_of(parsed.start)
        goes_on = self._discourse.same_paragraph(story.sentence, number) or _NEXT.match(parsed.masked.original)
        if number - story.sentence != 1 or not goes_on:
            return None
        if _NOW.search(parsed.masked.original) or _is_said(frame.trigger) or not _is_past(frame.trigger):
            return None
        self._going_on = Story(story.span, number)
        return story.span


def _is_past(trigger: Token) -> bool:
    """Whether a change is told in the simple past or the pluperfect: the perfect and the present tell news."""
    verb = clause_verb(trigger)
    if not is_verb(verb):
        return False
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if words & {"has", "have", "'s", "’s", "is", "are", "'ve", "’ve"}:
        return False
    if verb.tag_ == "VBD" or words & {"had", "was", "were"}:
        return True
    above = verb.head
    return verb.tag_ in ("VBG", "VBN") and above.i != verb.i and is_verb(above) and _is_past(above)


_SAYING = frozenset("said says say saying told announced reported reports claimed confirmed tweeted added".split())


def _is_said(trigger: Token) -> bool:
    """Whether somebody is quoted with it: what is said is news, history needs no witness."""
    verb = clause_verb(trigger)
    if any(c.lower_ in _SAYING for c in verb.children if c.dep_ != "conj"):
        return True
    for _ in range(6):
        if verb.head.i == verb.i:
            return False
        verb = verb.head
        if verb.lower_ in _SAYING:
            return True
    return False


__all__ = ["Recalled"]
