"""Entering: movement that puts a side inside a place, and flags raised over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.claims import Kind, Status
from geo.frames.frame import Frame, Rule, build, places_of
from geo.frames.lose import on_the_move
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, is_body, owner
from geo.frames.refs import PlaceRef
from geo.frames.slots import doer, is_passive, is_time, is_verb, objects_of, particle, undergoer
from geo.lexicon import Trigger, lexicon
from geo.mentions import Sort
from geo.trees import Token

_INTO = ("into", "inside", "in to")
_CENTRES = frozenset(
    "centre center heart downtown middle district districts neighbourhood neighborhoods neighborhood neighbourhoods "
    "quarter streets".split()
)


_VACATED = frozenset("withdraw withdrew withdrawal withdrawn left leave pulled vacated retreat retreated held".split())
"""Words of somebody leaving: a deployment after it is a change of control."""


def enter(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A entered X", "A broke into X": part of the place at least is A's."""
    subject = doer(verb)
    if subject is None or not (is_armed(subject, parsed) or any(is_body(t, parsed) for t in objects_of(subject, "of"))):
        return
    left = places_of(list(objects_of(verb, "out of")), parsed)
    if left and "into" in trigger.where:
        if is_body(undergoer(verb), parsed) or on_the_move(verb):
            return  # "A drove B out of X": who left is B; "A rolled out of X and took Y"
        yield build(verb, trigger, left, None, subject, parsed, kind=Kind.WITHDRAWAL)
        return
    heads = _entered(verb, trigger)
    places = [replace(p, partial=True) for p in places_of(heads, parsed)]
    if places and undergoer(verb) in heads and any(t.lower_ in _EDGES for t in heads):
        yield build(verb, trigger, places, subject, None, parsed, kind=Kind.CONTESTED)
    elif places:
        frame = build(verb, trigger, places, subject, None, parsed, kind=Kind.PARTIAL_CAPTURE)
        thrown = _thrown_back(verb, parsed)
        yield replace(frame, status=Status.DENIED, status_word=thrown) if thrown else frame


_EDGES = frozenset({"outskirts", "edge", "edges", "fringe", "fringes", "approaches"})
"""What is stormed at the edge of a place is attacked, and nothing of the place is told to be held."""
_BACK = frozenset({"repelled", "repulsed", "routed", "expelled", "ejected"})


def _thrown_back(verb: Token, parsed: Parsed) -> str:
    """ "stormed X and were repelled by noon": in the same clause they are out again."""
    for turn in verb.children:
        away = turn.dep_ == "conj" and is_verb(turn) and particle(turn) in ("back", "off", "out", "away")
        them = away and any(c.dep_ == "dobj" and c.lower_ == "them" for c in turn.children)
        if them and is_body(doer(turn), parsed):
            return turn.lower_  # "but the army threw them back"
    out = (c for c in verb.children if c.dep_ == "conj" and c.lower_ in _BACK)
    return next((c.lower_ for c in out if is_passive(c) and not any(g.dep_ in _OWN for g in c.children)), "")


_OWN = frozenset({"nsubj", "nsubjpass"})


def _entered(verb: Token, trigger: Trigger) -> list[Token]:
    """Where the movement ends: the object or the prepositions that the trigger's row names.

    "way" and "after" are conditions: "fought its way", and a word of somebody leaving in the sentence.
    """
    heads: list[Token] = []
    obj = undergoer(verb)
    for slot in trigger.where:
        if slot == "way" and (obj is None or obj.lower_ != "way" or _anothers(obj)):
            return []
        if slot == "after" and not {t.lower_ for t in verb.doc} & _VACATED:
            return []
        if obj is not None and (slot == "object" or slot == "centre" and obj.lower_ in _CENTRES):
            heads = [obj]
        elif slot == "into":
            heads = list(objects_of(verb, *_INTO)) or _loose(verb)
        else:
            heads = list(objects_of(verb, slot))
        if heads:
            return heads
    return []


def _anothers(way: Token) -> bool:
    """ "cut the army's way into X": barred to the army, and nobody's way in."""
    return any(c.dep_ == "poss" and c.tag_ != "PRP$" for c in way.lefts)


def _loose(verb: Token) -> list[Token]:
    """The object of an "into" that the tree hung somewhere below."""
    preps = [t for t in verb.subtree if t.lower_ in _INTO and t.i > verb.i]
    return [t for prep in preps for t in prep.children if t.dep_ == "pobj"]


def _flag(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A raised its flag over X", "the flag of A went up over X"; flying, it tells who holds X."""
    verb = noun.head
    if not is_verb(verb) or noun.dep_ not in ("dobj", "nsubj", "nsubjpass"):
        return
    effect = lexicon().control_verbs.get(verb.lower_)
    if effect not in ("raise", "fly"):
        return
    where = ("over", "in", "at", "on", "above", "atop", "inside", "from", "across")
    places = _flown_over([*objects_of(verb, *where), *objects_of(noun, *where)], verb, parsed)
    side = doer(verb) if noun.dep_ == "dobj" or noun.dep_ == "nsubjpass" else None
    whose = next((t for t in objects_of(noun, "of") if is_armed(t, parsed)), None)
    side = side if is_armed(side, parsed) else owner(noun, parsed) or whose or side
    side = None if side is not None and side.lower_ in _PEOPLE else side  # whose flag it is, they do not say
    words = {c.lower_ for c in verb.children}
    begun = "now" in words or any(is_time(t) for t in objects_of(verb, "by", "since"))
    kind = Kind.HOLD if effect == "fly" and not begun else trigger.kind
    kind = Kind.RECAPTURE if "again" in words else kind
    if places:
        yield build(verb, trigger, places, side, None, parsed, kind=kind, shape="control", strong=True)


_ON_TOP = frozenset("wall walls roof roofs rooftop gate gates tower towers balcony fence".split())
_PUBLIC = frozenset(
    "hall administration council palace courthouse parliament prefecture headquarters office square".split()
)


def _flown_over(heads: list[Token], verb: Token, parsed: Parsed) -> list[PlaceRef]:
    """The places of a flag: "on the wall of X" X; "over the town hall" the town, of its people where they raise it."""
    heads = [inner for t in heads for inner in (t.lower_ in _ON_TOP and list(objects_of(t, "of")) or [t])]
    places = places_of(heads, parsed)
    public = next((t for t in heads if _is_public(t)), None)
    if public is not None and (not places or not any(p.parents or p.sort is Sort.PLACE for p in places)):
        places = places_of(objects_of(public, "in", "of"), parsed) or places_of(
            [t for t in objects_of(verb, "in") if not _is_public(t)], parsed
        )
    if places:
        return places
    subject = doer(verb)
    homes = places_of(objects_of(subject, "of"), parsed) if subject is not None and subject.lower_ in _PEOPLE else []
    if homes or public is None or subject is not None and subject.lower_ in _PEOPLE:
        return homes
    return [PlaceRef(*parsed.at(public), None, ("town",))]


def _is_public(head: Token) -> bool:
    """The town hall, the administration building, the main square: what stands for the town around it."""
    return head.lower_ in _PUBLIC or head.lower_ == "building" and any(c.lower_ in _PUBLIC for c in head.lefts)


_PEOPLE = frozenset({"residents", "people", "inhabitants", "citizens", "locals"})


RULES: dict[str, Rule] = {"enter": enter, "flag": _flag}
