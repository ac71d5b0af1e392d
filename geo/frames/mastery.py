"""Mastery: who has made a place his own, whose rule of it is over, whom it cost a battle."""

from __future__ import annotations

from collections.abc import Iterator

from geo.claims import Kind
from geo.frames.control import is_control
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, owner
from geo.frames.refs import PlaceRef
from geo.frames.slots import conjuncts, doer, grammatical_subject, is_time, is_verb, objects_of, undergoer
from geo.lexicon import Trigger
from geo.trees import Token


def _own(word: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A has made X its own", "X, which A can call its own"."""
    verb = next((t for t in word.ancestors if is_verb(t)), None)
    if verb is None or verb.lower_ not in _MAKING or not any(c.lower_ in ("its", "their") for c in word.lefts):
        return
    heads = (*verb.children, *word.lefts)
    obj = next((c for c in heads if c.dep_ in ("dobj", "nsubj") and verb.i < c.i < word.i), None)
    if obj is None and verb.dep_ == "relcl":
        obj = verb.head
    places = places_of([obj], parsed) if obj is not None and obj is not word else []
    if places and is_armed(doer(verb), parsed):
        yield build(verb, trigger, places, doer(verb), None, parsed, shape="control", strong=True)


_MAKING = frozenset("make makes made making call calls called".split())


def _ended(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A's hold on X ended", "A ended B's rule in X", "A put an end to months of B's rule in X"."""
    subject, obj = grammatical_subject(verb), undergoer(verb)
    if trigger.lemma == "put":
        obj = first(_put_end_to(verb, obj))
    over = subject is not None and is_control(subject) and obj in (None, subject)
    rule = subject if over else obj
    if rule is None or not is_control(rule) or rule.lower_ in ("hand", "hands"):
        return
    loser, places = owner(rule, parsed), _ruled(rule, parsed)
    if loser is None or not places:
        return
    taker = None if over else doer(verb)
    if taker is not None and not is_armed(taker, parsed):
        return
    kind = Kind.WITHDRAWAL if taker is None else Kind.CAPTURE
    yield build(verb, trigger, places, taker, loser, parsed, kind=kind, shape="control", strong=True)


def _put_end_to(verb: Token, obj: Token | None) -> Iterator[Token]:
    """ "put an end to ten months of A's rule": the rule."""
    if obj is None or obj.lower_ not in ("end", "stop"):
        return
    for head in (*objects_of(verb, "to"), *objects_of(obj, "to")):
        yield from objects_of(head, "of") if is_time(head) or not is_control(head) else (head,)


def _ruled(rule: Token, parsed: Parsed) -> list[PlaceRef]:
    heads = objects_of(rule, "of", "over", "on", "in")
    return [p for p in places_of((t for t in heads if not is_time(t)), parsed) if p.text or p.kind_words]


def _cost(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "The advance has cost the army X and Y": the army has lost them."""
    loser = first(c for c in verb.children if c.dep_ == "dative" and is_armed(c, parsed))
    loser = loser or first(c for c in verb.children if c.dep_ == "dobj" and is_armed(c, parsed))
    if loser is None:  # "the army Bria", read as one noun
        told = first(c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i)
        loser = (
            first(c for c in told.lefts if c.dep_ == "compound" and is_armed(c, parsed)) if told is not None else None
        )
    if loser is None:
        return
    beside = [t for t in conjuncts(loser) if t is not loser]
    heads = [*beside, *(c for c in verb.children if c.dep_ == "dobj" and c is not loser)]
    places = [p for p in places_of(heads, parsed) if p.text and not p.count]
    if places:
        yield build(verb, trigger, places, None, loser, parsed, kind=Kind.CAPTURE)


RULES: dict[str, Rule] = {"own": _own, "ended": _ended, "cost": _cost}
