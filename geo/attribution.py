"""Attribution: who says so, as the article words it. None where the article speaks in its own voice."""

from __future__ import annotations

import re

from geo.discourse import Discourse
from geo.frames.parsed import Parsed
from geo.frames.rules import Frame
from geo.frames.slots import clause_verb, grammatical_subject, is_verb
from geo.trees import Token

_ACCORDING = re.compile(r"[Aa]ccording to ((?:the |a |an )?[^,.;]{3,90}?)(?=,|\.|;|$| that | who )")
_SPEECH = frozenset(
    "said says say saying told announced announces reported reports claimed claims confirmed confirms stated added "
    "acknowledged admitted declared insisted wrote posted noted boasted alleged".split()
)


def attribution(frame: Frame, parsed: Parsed, discourse: Discourse) -> str | None:
    """The words that name the source of a frame."""
    sentence = parsed.masked.original
    at = clause_verb(frame.trigger)
    for _ in range(6):
        if at.head.i == at.i:
            break
        parent = at.head
        if at.dep_ in ("ccomp", "parataxis") and is_verb(parent) and parent.lower_ in _SPEECH:
            return _subject(parent, parsed)
        at = parent
    for child in at.children:
        if child.dep_ == "parataxis" and child.lower_ in _SPEECH:
            return _subject(child, parsed)
    if frame.shape == "noun" and is_verb(frame.trigger.head) and frame.trigger.head.lower_ in _SPEECH:
        return _subject(frame.trigger.head, parsed)
    found = _ACCORDING.search(sentence)
    return found.group(1).strip() if found else None


def _subject(verb: Token, parsed: Parsed) -> str | None:
    subject = grammatical_subject(verb)
    if subject is None:
        return None
    tokens = [t for t in subject.subtree if t.i <= subject.i or subject.i < t.i <= subject.i + 12 and t.dep_ != "relcl"]
    last = max((t for t in tokens if t.i < verb.i or subject.i > verb.i), key=lambda t: t.i, default=subject)
    first = min(tokens, key=lambda t: t.i)
    if subject.i < verb.i < last.i:
        last = subject
    text = parsed.words(first, last)[2].strip(' ,"“”')
    return text[:140] or None
