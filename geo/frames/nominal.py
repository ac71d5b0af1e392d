"""Nouns that report: the takeover, fall, loss, expulsion, withdrawal, handover and siege of a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.claims import Kind, Status
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.lists import place_refs
from geo.frames.nouns import is_class
from geo.frames.parsed import Parsed
from geo.frames.parties import announcer, is_armed, is_body, is_side, owner
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    doer,
    is_verb,
    objects_of,
)
from geo.lexicon import Trigger
from geo.mentions import Sort
from geo.trees import Token


def _above(noun: Token, parsed: Parsed) -> list[PlaceRef]:
    """Places of the clause a placeless noun belongs to: "fighting in X that saw the takeover"."""
    at = noun
    for _ in range(5):
        if at.dep_ == "relcl":
            head = at.head
            for candidate in (head, *head.ancestors):
                places = [p for p in places_of([candidate], parsed) if p.text]
                if not places:
                    places = [
                        p
                        for t in objects_of(candidate, "in", "at", "of", "for")
                        for p in place_refs(t, parsed)
                        if p.text
                    ]
                if places:
                    return places
                if is_verb(candidate):
                    break
        if at.head.i == at.i:
            break
        at = at.head
    return []


def take(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = places_of(list(objects_of(noun, "of", "over")), parsed)
    of = first(objects_of(noun, "of"))
    if not places and noun.dep_ in ("dobj", "nsubj", "conj", "pobj") and (of is None or is_armed(of, parsed)):
        places = _above(noun, parsed)
    if not places:
        places = _possessed(noun, parsed)
    if not places:
        owners = [
            c
            for c in noun.lefts
            if c.dep_ in ("compound", "poss") and (m := parsed.mention(c)) is not None and m.sort is Sort.PLACE
        ]
        if owners and first(objects_of(noun, "by")) is not None:
            places = places_of(owners, parsed)
    its = first(c for c in noun.lefts if c.dep_ == "poss" and is_class(c, "settlement") and _the(c))
    if not places and its is not None and noun.head.lower_ in _ENDING:
        places = places_of([its], parsed)
    if not places:
        return
    loser = first(t for t in objects_of(noun, "from") if is_armed(t, parsed))
    taker = (None if its is not None else owner(noun, parsed)) or announcer(noun, parsed) or _doing_so(noun, parsed)
    if taker is None and noun.dep_ == "dobj" and noun.head.lower_ in _FINISHING and is_armed(doer(noun.head), parsed):
        taker = doer(noun.head)
    if trigger.lemma == "recovery" and taker is None and loser is None:
        return  # "the recovery of X will take years"
    yield build(noun, trigger, places, taker, loser, parsed, shape="noun")


_FINISHING = frozenset("completed complete completes completing achieved finished effected".split())
"""Verbs whose subject did what the noun tells: "completed the capture of X"."""


def _doing_so(noun: Token, parsed: Parsed) -> Token | None:
    """ "A tightened the noose around B with the capture of X": who did the one did the other."""
    prep = noun.head
    if noun.dep_ != "pobj" or prep.lower_ not in ("with", "by") or not is_verb(prep.head) or prep.i < prep.head.i:
        return None
    told = doer(prep.head)
    return told if is_body(told, parsed) else None


_ENDING = frozenset("completed completes finished announced announces confirmed confirms declared".split())


def _the(noun: Token) -> bool:
    return any(c.lower_ == "the" for c in noun.lefts)


def _possessed(noun: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "X, whose capture by A": the place that owns the event."""
    whose = first(c for c in noun.lefts if c.dep_ == "poss" and c.lower_ == "whose")
    if whose is None:
        return []
    at = noun
    for _ in range(4):
        if at.dep_ == "relcl" or at.head.i == at.i:
            break
        at = at.head
    return places_of([at.head], parsed) if at.dep_ == "relcl" else []


def fall(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = places_of(list(objects_of(noun, "of")), parsed)
    if not places:
        places = [p for p in places_of([c for c in noun.lefts if c.dep_ == "poss"], parsed) if p.text]
    if not places or not any(p.certain or p.text and p.sort in (Sort.NAME, Sort.STATE) for p in places):
        return
    if trigger.lemma == "collapse" and any(is_class(t, "facility") for t in objects_of(noun, "of")):
        return
    taker = first(t for t in objects_of(noun, "to") if is_side(t, parsed))
    yield build(noun, trigger, places, taker, None, parsed, shape="noun")


def lose(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [p for p in places_of(list(objects_of(noun, "of")), parsed) if p.text]
    if not places or noun.tag_ == "NNS" and not places[0].certain:
        return
    heads = [*objects_of(noun, "to"), *(objects_of(noun.head, "to") if is_verb(noun.head) else ())]
    taker = first(t for t in heads if is_side(t, parsed))
    suffered = noun.dep_ == "dobj" and noun.head.lower_ in _SUFFERING
    sufferer = doer(noun.head) if suffered else None
    sufferer = sufferer if is_armed(sufferer, parsed) else None
    yield build(noun, trigger, places, taker, owner(noun, parsed) or sufferer, parsed, shape="noun")


_SUFFERING = frozenset("suffered suffers suffering admitted admits acknowledged conceded concedes mourned".split())
"""What a side does with a loss of its own: "the army suffered the loss of X"."""


def expel(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    loser = first(t for t in objects_of(noun, "of") if is_side(t, parsed))
    if loser is None:
        return
    places = places_of([*objects_of(noun, "from"), *objects_of(loser, "from")], parsed) or _above(noun, parsed)
    if places:
        taker = first(t for t in objects_of(noun, "by") if is_side(t, parsed))
        yield build(noun, trigger, places, taker, loser, parsed, shape="noun")


def leave(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    of = first(t for t in objects_of(noun, "of") if is_side(t, parsed))
    heads = [*objects_of(noun, "from", "out of"), *(objects_of(of, "from") if of is not None else ())]
    places = places_of(heads, parsed)
    if not places and is_verb(noun.head):
        places = places_of(list(objects_of(noun.head, "from")), parsed)
    side = first(t for t in objects_of(noun, "of", "by") if is_side(t, parsed)) or owner(noun, parsed)
    whose = side is None or side.tag_ == "PRP$" or side.dep_ in ("compound", "amod")
    if whose and is_verb(noun.head) and (side is None and noun.dep_ == "dobj" or is_armed(doer(noun.head), parsed)):
        side = doer(noun.head)
    if places and (trigger.strong or is_armed(side, parsed)):
        frame = build(noun, trigger, places, None, side, parsed, shape="noun")
        ordered = noun.dep_ == "dobj" and noun.head.lower_ in _ORDERING and frame.status is Status.REPORTED
        yield replace(frame, status=Status.PLANNED, status_word=noun.head.lower_) if ordered else frame


_ORDERING = frozenset("announced announces announcing ordered orders ordering".split())
"""A withdrawal that is announced or ordered has yet to come."""


def enter(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "advances inside X", "entry into X", "a foothold in X", "gains in X" made by a side."""
    where = ("into", "inside") if trigger.lemma != "gain" else ("in", "inside", "around")
    side = owner(noun, parsed) or first(t for t in objects_of(noun, "of") if is_body(t, parsed))
    heads = [*objects_of(noun, *where), *(objects_of(side, *where) if side is not None else ())]
    places = [replace(p, partial=True) for p in places_of(heads, parsed) if p.text]
    if side is None and is_verb(noun.head) and noun.dep_ == "dobj":
        side = doer(noun.head)
        if not places:
            places = [
                replace(p, partial=True) for p in places_of(list(objects_of(noun.head, *where)), parsed) if p.text
            ]
    if places and (is_armed(side, parsed) or side is not None and side.lower_ in ("their", "its", "our")):
        against = [*objects_of(noun, "against"), *(objects_of(noun.head, "against") if is_verb(noun.head) else ())]
        loser = first(t for t in against if is_armed(t, parsed))
        yield build(noun, trigger, places, side, loser, parsed, shape="noun", kind=Kind.PARTIAL_CAPTURE)


def give(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [p for p in places_of(list(objects_of(noun, "of")), parsed) if p.text]
    taker = first(t for t in objects_of(noun, "to") if is_side(t, parsed))
    given_up = trigger.lemma == "surrender" and all(p.sort is Sort.PLACE or p.kind_words for p in places)
    if places and (trigger.strong or taker is not None or given_up):
        yield build(noun, trigger, places, taker, owner(noun, parsed), parsed, shape="noun")


def siege(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [p for p in places_of(list(objects_of(noun, "of", "on", "to")), parsed) if p.text]
    if places:
        yield build(noun, trigger, places, owner(noun, parsed), None, parsed, shape="noun", kind=Kind.SIEGE)


_GAINING = frozenset("gained gain gaining established establish secured won seized took obtained".split())


def hold(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places: list[PlaceRef] = [p for p in places_of(list(objects_of(noun, "of", "in")), parsed) if p.text]
    for child in noun.children:
        if child.dep_ == "appos":
            places += [p for p in place_refs(child, parsed) if p.text]
    holder = owner(noun, parsed)
    if trigger.lemma == "foothold" and is_verb(noun.head) and noun.dep_ == "dobj" and is_armed(doer(noun.head), parsed):
        gained = [
            replace(p, partial=True) for p in places or places_of(list(objects_of(noun.head, "in", "on")), parsed)
        ]
        kind = Kind.PARTIAL_CAPTURE if noun.head.lower_ in _GAINING else Kind.HOLD
        yield build(noun, trigger, gained, doer(noun.head), None, parsed, shape="noun", kind=kind)
        return
    if places and holder is not None and is_armed(holder, parsed):
        yield build(noun, trigger, places, holder, None, parsed, shape="noun", kind=Kind.HOLD)


def contest(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    places = [
        p
        for p in places_of(
            list(objects_of(noun, "on", "in", "at", "for", "around", "near", "outside", "inside", "against")), parsed
        )
        if p.text and p.certain
    ]
    if places:
        yield build(noun, trigger, places, owner(noun, parsed), None, parsed, shape="noun", kind=Kind.CONTESTED)


RULES: dict[str, Rule] = {
    "nominal_take": take,
    "nominal_fall": fall,
    "nominal_lose": lose,
    "nominal_expel": expel,
    "nominal_leave": leave,
    "nominal_give": give,
    "nominal_siege": siege,
    "nominal_hold": hold,
    "nominal_contest": contest,
    "nominal_enter": enter,
}
