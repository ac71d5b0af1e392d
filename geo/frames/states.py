"""States: who holds, besieges, attacks or defends a place, and the held-words ("rebel-held X")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.claims import Kind, Status
from geo.frames.control import is_control
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed
from geo.frames.refs import SideRef
from geo.frames.slots import (
    brief,
    doer,
    is_passive,
    is_time,
    objects_of,
    particle,
    undergoer,
)
from geo.lexicon import Trigger, lexicon
from geo.mentions import Sort
from geo.trees import Token

_LASTING = frozenset({"continue", "continues", "continued", "continuing"})


def hold(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or trigger.lemma == "hold" and particle(verb) in ("up", "off", "back"):
        return  # "held them up in X"
    if trigger.lemma == "retain" and is_control(obj):
        return
    places = places_of([obj], parsed)
    subject = doer(verb)
    if not places or not (is_armed(subject, parsed) or trigger.strong):
        return
    if (
        trigger.lemma == "control"
        and (verb.tag_ == "VBD" or verb.tag_ == "VBN" and not is_passive(verb))
        and (_after_fighting(verb) or any(is_armed(t, parsed) for t in objects_of(verb, "from")))
        and (verb.dep_ not in ("relcl", "acl") or _of_its_own(verb))
    ):
        yield build(verb, trigger, places, subject, None, parsed, kind=Kind.CAPTURE)
        return
    if any(is_control(t) for t in objects_of(verb, "in", "under")):
        return
    if _ended(verb):
        yield build(verb, trigger, places, subject, None, parsed, status=Status.BACKGROUND, status_word="until")
        return
    if _no_longer(verb):
        frame = build(verb, trigger, places, None, subject, parsed, kind=Kind.WITHDRAWAL)
        yield replace(frame, status=Status.REPORTED) if frame.status is Status.DENIED else frame
        return
    frame = build(verb, trigger, places, subject, None, parsed, kind=_begun(verb, trigger))
    managed = frame.status_word not in _LASTING and lexicon().governors.get(frame.status_word) == "done"
    managed = managed and frame.status is Status.REPORTED
    yield replace(frame, kind=Kind.CAPTURE) if managed and frame.kind is Kind.HOLD else frame


def _of_its_own(verb: Token) -> bool:
    """ "After a day of clashes A controlled X": a clause with both its ends, whatever the tree hung it on."""
    gap = ("which", "that", "who", "where")
    sides = [c for c in verb.children if c.dep_ in ("nsubj", "dobj") and c.lower_ not in gap]
    return any(c.i < verb.i for c in sides) and any(c.dep_ == "dobj" and c.i > verb.i for c in sides)


def _ended(verb: Token) -> bool:
    """ "had controlled them until then": a state that is over."""
    words = {child.lower_ for child in verb.children}
    return "had" in words and bool(words & {"until", "till", "before", "previously"})


def _no_longer(verb: Token) -> bool:
    """ "A no longer controls X": A has lost it."""
    doc = verb.doc
    before = [(doc[i - 1].lower_, doc[i].lower_) for i in range(max(verb.i - 4, 1), verb.i)]
    return ("no", "longer") in before and verb.dep_ not in ("relcl", "acl")


_FOUGHT = frozenset("clashed attacked advanced fought assaulted stormed entered pushed moved raided".split())


def _begun(verb: Token, trigger: Trigger) -> Kind:
    """A state, unless the words tell that it began: "is once more held", "has controlled it"."""
    words = {c.lower_ for c in verb.children} | {g.lower_ for c in verb.children for g in c.children if c.i < verb.i}
    if "again" in words or {"once", "more"} <= words:
        return Kind.RECAPTURE
    if verb.dep_ == "conj" and verb.head.lower_ in _WON and not any(c.dep_ == "nsubj" for c in verb.children):
        return Kind.CAPTURE
    timed = "now" in words or any(is_time(t) for t in objects_of(verb, "by"))
    if _since(verb) or timed and _goes_on(verb) or brief(verb) and verb.dep_ not in ("relcl", "acl"):
        return Kind.CAPTURE
    perfect = verb.tag_ == "VBN" and words & {"has", "have"} and not words & {"been", "for", "since", "long", "always"}
    if trigger.lemma == "control" and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.lower_ in _FOUGHT:
        return Kind.CAPTURE
    if trigger.lemma == "control" and perfect and verb.dep_ not in ("relcl", "acl"):
        return Kind.CAPTURE
    return Kind.HOLD


_WON = frozenset(
    "stormed assaulted entered overran raided expelled ousted drove driven chased routed evicted ejected".split()
)
"""Fights after which a side that is said to hold the place has taken it: "was stormed and held by A"."""


def _since(verb: Token) -> bool:
    """ "has held it since Sunday": a state that tells when it began; the day says whether that is news."""
    return any(is_time(t) for t in objects_of(verb, "since")) and verb.dep_ not in ("relcl", "acl")


def _goes_on(verb: Token) -> bool:
    """ "stormed the office and now hold it": the outcome of the clause before."""
    obj = undergoer(verb)
    return verb.dep_ == "conj" and obj is not None and obj.lower_ in ("it", "them", "both")


_FIGHTING = frozenset(
    "clashes attack clash fighting battles following assault advanced shelling operation battle clashed battled".split()
)


def _after_fighting(verb: Token) -> bool:
    return any(t.lower_ in _FIGHTING for t in verb.doc)


def siege(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or trigger.lemma == "cut" and particle(verb) != "off":
        return
    places = places_of([obj], parsed)
    if places and (trigger.strong or is_armed(doer(verb), parsed)):
        yield build(verb, trigger, places, doer(verb), None, parsed, kind=Kind.SIEGE)


def contest(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    yield from _base(verb, trigger, parsed)
    subject = doer(verb)
    if not is_armed(subject, parsed):
        return
    obj = undergoer(verb)
    heads = [obj] if obj is not None else []
    heads += list(objects_of(verb, "in", "near", "around", "inside", "outside", "at", "on"))
    places = [p for p in places_of(heads, parsed) if p.text]
    if places:
        rival = first(t for t in objects_of(verb, "with", "against") if is_armed(t, parsed))
        yield build(verb, trigger, places, subject, rival, parsed, kind=Kind.CONTESTED)


def _base(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A attacked the village from X": A holds the town it attacks from. An item of a list leaves A to its lead-in."""
    obj = undergoer(verb)
    if trigger.lemma != "attack" or obj is None or is_passive(verb):
        return
    sources = [t for at in (verb, *obj.subtree) if at.i >= verb.i for t in objects_of(at, "from")]
    places = [p for p in places_of(sources, parsed) if p.text and p.sort is Sort.PLACE]
    if not places:
        return
    subject = doer(verb)
    if is_armed(subject, parsed):
        yield build(verb, trigger, places, subject, None, parsed, kind=Kind.HOLD)
    elif subject is None and verb.i == 0:
        a, b = parsed.at(verb)
        frame = build(verb, trigger, places, None, None, parsed, kind=Kind.HOLD)
        yield replace(frame, taker=SideRef("who", a, b, True, False))


def repel(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    obj = undergoer(verb)
    if obj is None or trigger.lemma in ("beat", "throw") and particle(verb) not in ("back", "off"):
        return
    places = [
        p
        for p in places_of(
            [*objects_of(obj, "on", "against", "at", "towards", "toward"), *objects_of(verb, "on", "from", "at", "in")],
            parsed,
        )
        if p.text
    ]
    attacker = obj if is_armed(obj, parsed) else first(t for t in objects_of(obj, "by") if is_armed(t, parsed))
    if places:
        yield build(
            verb,
            trigger,
            places,
            attacker,
            doer(verb),
            parsed,
            kind=Kind.CAPTURE,
            status=Status.DENIED,
            status_word=verb.lower_,
        )


def held(parsed: Parsed) -> Iterator[Frame]:
    """ "rebel-held X": a state told in passing."""
    for token, holder in parsed.holders():
        noun = token.head
        places = [p for p in places_of([noun], parsed) if p.text and not p.count]
        a, _b = parsed.at(token)
        side = SideRef(holder, a, a + len(holder), False, True)
        if places:
            yield Frame(token, "held", Kind.HOLD, tuple(places), side, None, Status.REPORTED, "", True, "held")


RULES: dict[str, Rule] = {"hold": hold, "siege": siege, "contest": contest, "repel": repel}
