"""Losing: verbs whose subject loses a place, falls, or leaves."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from geo.claims import Kind
from geo.frames.control import is_control
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, is_side
from geo.frames.slots import (
    antecedent,
    doer,
    grammatical_subject,
    is_passive,
    objects_of,
    particle,
    undergoer,
)
from geo.lexicon import Trigger


def lose(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or is_control(obj):
        return
    places = places_of([obj], parsed)
    subject = grammatical_subject(verb) if not is_passive(verb) else doer(verb)
    taker = first(t for t in [*objects_of(verb, "to"), *objects_of(obj, "to")] if is_side(t, parsed))
    yield build(
        verb, trigger, places, taker, subject, parsed, kind=Kind.CAPTURE if taker is not None else Kind.WITHDRAWAL
    )


def fall(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    subject = grammatical_subject(verb)
    if subject is None or is_armed(subject, parsed):
        return
    places = places_of([subject], parsed)
    if not places:
        return
    if any(is_control(t) for t in objects_of(verb, "under", "into", "in", "from", "out of")):
        return
    if (
        any(True for t in objects_of(verb, "by", "on", "into", "in", "below"))
        and trigger.lemma != "collapse"
        and not places[0].certain
    ):
        return
    taker = first(t for t in objects_of(verb, "to", "before", "to forces") if is_side(t, parsed))
    if taker is None and trigger.lemma != "fall":
        return
    yield build(verb, trigger, places, taker, None, parsed)


def leave(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    subject = grammatical_subject(verb)
    if is_passive(verb):
        subject_side = doer(verb)
        obj = undergoer(verb)
        if obj is not None and is_armed(obj, parsed):
            places = places_of(list(objects_of(verb, "from")), parsed)
            if places:
                yield build(verb, trigger, places, None, obj, parsed)
            return
        subject = subject_side
    intransitive = trigger.lemma in ("withdraw", "retreat", "pull", "depart", "flee", "evacuate")
    sources = list(objects_of(verb, "from", "out of")) if intransitive else []
    obj = undergoer(verb)
    side = subject
    if obj is not None and is_armed(obj, parsed) and trigger.lemma in ("withdraw", "pull", "evacuate"):
        side = obj
        sources += list(objects_of(obj, "from"))
    elif obj is not None and trigger.lemma not in ("withdraw", "retreat", "pull", "depart"):
        sources.append(obj)
    places = places_of(sources, parsed)
    if side is None and verb.dep_ != "pcomp":
        return
    if not places or (not trigger.strong and not is_armed(side, parsed)):
        return
    if trigger.lemma == "pull" and particle(verb) not in ("out", "back", "") and not sources:
        return
    if side is not None and not is_side(side, parsed):
        return
    if (
        trigger.lemma in ("flee", "leave", "evacuate", "quit")
        and side is not None
        and antecedent(side).tag_.startswith("PRP")
    ):
        return
    yield build(verb, trigger, places, None, side, parsed)


RULES: dict[str, Rule] = {"lose": lose, "fall": fall, "leave": leave}
