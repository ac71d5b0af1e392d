"""Control as a noun: who took, lost, gave or has it ("took control of X"), and what is under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.candidates import HANDS
from geo.claims import Kind, Status
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.parsed import Parsed
from geo.frames.parties import acting, is_armed, is_body, is_side, owner
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    doer,
    first_conjunct,
    grammatical_subject,
    is_time,
    is_verb,
    objects_of,
    particle,
    undergoer,
)
from geo.lexicon import Trigger, lexicon
from geo.trees import Token

_STATE_PREPS = frozenset({"under", "in", "into", "from", "out", "beyond", "outside", "of", "within"})
_LOST_PREPS = frozenset({"from", "out", "beyond", "outside"})
_OWNED = frozenset({"hands", "hand", "power", "charge", "command", "grasp"})
"""Nouns that say nothing without whose they are: "in the hands", "in charge"."""
_AGAIN = frozenset({"back", "again", "returned", "restored"})
_KINDS = {
    "take": Kind.CAPTURE,
    "fall": Kind.CAPTURE,
    "cause": Kind.CAPTURE,
    "retake": Kind.RECAPTURE,
    "give": Kind.HANDOVER,
    "hold": Kind.HOLD,
    "be": Kind.HOLD,
    "lose": Kind.CAPTURE,
}


def is_control(token: Token) -> bool:
    """Whether a noun stands for control itself: control, grip, hands."""
    frames = {trigger.frame for trigger in lexicon().nouns.get(token.lower_, ())}
    return "control" in frames and (token.tag_.startswith("NN") or token.dep_ == "nsubjpass")


def _control(noun: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    if not is_control(noun):
        return iter(())
    at = first_conjunct(noun)
    if at.dep_ == "pobj" and (at.head.lower_ in _STATE_PREPS or _came_to(at.head)):
        return _state(noun, at.head, trigger, parsed)
    if noun.lower_ in ("hand", "hands") and at.head.lower_ in _LAYING:
        verb = at.head
        places = places_of([*objects_of(verb, "on"), *objects_of(noun, "on")], parsed)
        return iter([build(verb, trigger, places, doer(verb), None, parsed, shape="control")] if places else [])
    return iter(()) if noun.lower_ in ("hand", "hands", "rule", "power") else _action(noun, at, trigger, parsed)


_LAYING = frozenset("lay lays laid laying get got put puts putting".split())
"""Verbs that with a hand on a place take it."""


def _came_to(prep: Token) -> bool:
    """ "returned to government control", "passed into the hands": a movement to whoever controls it."""
    effect = lexicon().control_verbs.get(prep.head.lower_)
    return prep.lower_ == "to" and is_verb(prep.head) and effect in ("fall", "retake")


def _action(noun: Token, at: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A took control of X", "A lost its grip on X", "control of X was handed to A"."""
    verb = at.head if at.dep_ in ("dobj", "nsubjpass", "oprd", "attr", "nsubj") else None
    if verb is None and at.dep_ == "pobj" and is_verb(at.head.head):
        verb = at.head.head
    if verb is None or not is_verb(verb):
        return
    effect = lexicon().control_verbs.get(verb.lower_)
    if at.dep_ == "nsubj":
        yield from _passed(noun, verb, trigger, parsed)
        return
    if effect not in ("take", "retake", "lose", "give", "hold"):
        return
    brought = undergoer(verb) if at.dep_ == "pobj" else None
    places = _controlled(noun, verb, parsed) if brought is None else places_of([brought], parsed)
    subject = acting(verb, parsed)
    given = first(t for t in verb.children if t.dep_ == "dative" and is_side(t, parsed))
    if effect == "give" and verb.tag_ == "VBG" and given is not None:  # "..., giving the group control of X"
        yield build(verb, trigger, places, given, None, parsed, kind=Kind.CAPTURE, shape="control", strong=True)
        return
    if effect in ("lose", "give"):
        taker = first(t for t in [*objects_of(verb, "to"), *objects_of(noun, "to")] if is_side(t, parsed))
        kind = Kind.HANDOVER if effect == "give" else Kind.CAPTURE if taker is not None else Kind.WITHDRAWAL
        yield build(verb, trigger, places, taker, subject, parsed, kind=kind, shape="control", strong=True)
        return
    loser = first(t for t in [*objects_of(verb, "from"), *objects_of(noun, "from")] if is_armed(t, parsed))
    kind = _KINDS["retake" if particle(verb) == "back" and effect == "take" else effect]
    if kind is Kind.HOLD and (_announced(noun, verb) or _after_fight(verb)):
        kind = Kind.CAPTURE
    if places and not (kind is Kind.HOLD and not places[0].text):
        yield build(verb, trigger, places, subject, loser, parsed, kind=kind, shape="control", strong=True)


_WHOLE = frozenset({"full", "complete", "total", "entire"})
_HAVING = frozenset({"has", "have", "had"})


def _announced(noun: Token, verb: Token) -> bool:
    """ "A said it had full control of X": told as news, by whoever tells it."""
    whole = any(c.lower_ in _WHOLE for c in noun.lefts) and verb.lower_ in _HAVING
    earlier = any(c.lower_ in lexicon().others or c.lower_ in _STILL for c in verb.children)
    return whole and _is_said(verb) and not earlier


def _is_said(verb: Token) -> bool:
    """Whether a clause hangs on a word of saying."""
    return verb.dep_ == "ccomp" and lexicon().governors.get(verb.head.lower_) == "say"


_STILL = frozenset({"still", "already", "long", "always"})


def _passed(noun: Token, verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "Control of X passed from B to A"."""
    taker = first(t for t in objects_of(verb, "to") if is_side(t, parsed))
    places = places_of(list(objects_of(noun, "of", "over")), parsed)
    if places and any(c.lower_ in HANDS for c in verb.children) and taker is None:
        yield build(verb, trigger, places, None, None, parsed, shape="control", strong=True)
    if taker is not None and places and lexicon().control_verbs.get(verb.lower_) in ("fall", "change"):
        loser = first(t for t in objects_of(verb, "from") if is_armed(t, parsed))
        yield build(verb, trigger, places, taker, loser, parsed, shape="control", strong=True)


def _controlled(noun: Token, verb: Token, parsed: Parsed) -> list[PlaceRef]:
    """What the control is of; of the gap of a relative clause, or of what was said before, where nothing is named."""
    for prepositions in (("of", "over"), ("on",), ("in", "inside", "at")):
        heads = [t for at in (noun, verb) for t in objects_of(at, *prepositions) if not is_time(t)]
        places = places_of(heads, parsed)
        if places or heads and prepositions[0] != "in":
            return places
    if verb.lower_ in _WIDENING:
        return places_of([t for at in (noun, verb) for t in objects_of(at, *_WIDER)], parsed)
    return places_of([verb.head], parsed) if verb.dep_ == "relcl" else [PlaceRef(*parsed.at(noun), None, ("it",))]


_WIDENING = frozenset("extend extends extended extending expand expands expanded expanding".split())
_WIDER = ("to", "into", "across", "beyond")
"""A control that grows reaches what stands behind these: "extended its control to X"."""


@dataclass(frozen=True, slots=True)
class _State:
    """ "X is (no longer) under A's control": the word it hangs on, what is under it, and who made it so."""

    verb: Token
    subject: Token
    causer: Token | None
    words: frozenset[str]

    @property
    def no_longer(self) -> bool:
        return {"no", "longer"} <= self.words


def _state(noun: Token, prep: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "X is under the control of A", "in rebel hands", "out of government control", "A is in control of X"."""
    holder = first(t for t in objects_of(noun, "of") if is_side(t, parsed)) or owner(noun, parsed)
    found = _under(noun, prep, parsed)
    if found is None:
        return
    if prep.lower_ == "in" and is_armed(found.subject, parsed) and (held := _held(noun, parsed)):
        own = found.subject.lower_ in ("it", "they") and _is_news(found)
        own = own or is_verb(found.verb) and _after_fight(found.verb)
        own = own or any(c.lower_ in _WHOLE for c in noun.lefts) and _is_news(found)
        timed = any(is_time(t) for t in objects_of(found.verb, "by", "since")) and found.words.isdisjoint(_LASTING)
        kind = Kind.HOLD if found.causer is None and not own and not timed else Kind.CAPTURE
        at = found.verb if is_verb(found.verb) else noun
        yield build(at, trigger, held, found.subject, None, parsed, kind=kind, shape="control", strong=True)
        return
    if is_body(found.subject, parsed):
        return
    if noun.lower_ in _OWNED and holder is None:
        return
    places = places_of([found.subject], parsed)
    if not places:
        return
    if prep.lower_ in _NEVER_IN and holder is not None and _just_is(found.verb, found.words):
        frame = build(found.verb, trigger, places, holder, None, parsed, kind=Kind.HOLD, shape="control", strong=True)
        yield replace(frame, status=Status.DENIED, status_word=prep.lower_)
        return
    if prep.lower_ in _LOST_PREPS or prep.head.lower_ == "out" or found.no_longer:
        yield from _lost(found, places, holder, trigger, parsed)
        return
    taker = holder if holder is not None and holder.tag_ != "PRP$" else found.causer or holder
    at = found.verb if is_verb(found.verb) else noun
    kind = _state_kind(found)
    kind = Kind.CAPTURE if kind is Kind.HOLD and _told_of_its_own(found, holder) else kind
    yield build(at, trigger, places, taker, None, parsed, kind=kind, shape="control", strong=True)


_NEVER_IN = frozenset({"beyond", "outside"})


def _just_is(verb: Token, words: frozenset[str]) -> bool:
    """ "X is beyond A's control": where it lies, and not that A has lost it; "is now", "has been since" tell a loss."""
    told = words & {"now", "finally", "longer", "already"} or _since(verb)
    return is_verb(verb) and lexicon().control_verbs.get(verb.lower_) == "be" and not told


def _told_of_its_own(found: _State, holder: Token | None) -> bool:
    """ "A said X was in its hands": told as news by whoever has it; "still" and "remained" tell of no news."""
    return holder is not None and holder.lower_ in ("its", "their") and _is_news(found)


def _is_news(found: _State) -> bool:
    """Whether a state is told, as of now, by somebody who says so."""
    verb = found.verb
    if verb.lower_ not in ("is", "are", "was", "were"):
        return False
    return (
        _is_said(verb)
        and verb.head.dep_ == "ROOT"
        and found.words.isdisjoint(_LASTING)
        and not any(c.dep_ in ("neg", "mark") and c.lower_ != "that" for c in verb.children)
    )


_LASTING = frozenset("still firmly already always mostly long safely part most half".split())


def _under(noun: Token, prep: Token, parsed: Parsed) -> _State | None:
    """The verb and the noun that a phrase "under control" says something of."""
    verb = prep.head
    if not is_verb(verb) and (verb.lower_ in ("out", "from", "no") or verb.dep_ in ("acomp", "advmod", "oprd", "prep")):
        verb = verb.head
    causer: Token | None = None
    subject: Token | None
    if is_verb(verb):
        moved = verb.tag_ != "VBG" and any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)
        made = any(c.dep_ == "dobj" for c in verb.children)
        subject = undergoer(verb) if moved or made else grammatical_subject(verb)
        causer = doer(verb) if moved or made else None
    elif verb.tag_.startswith("NN") or parsed.mention(verb) is not None:
        subject = verb
    else:
        return None
    if subject is None:
        return None
    words = frozenset(t.lower_ for t in verb.subtree if abs(t.i - noun.i) < 8)
    return _State(verb, subject, causer, words)


def _held(noun: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "A is in control of X"; made so by an event ("left A in control of X") it is a capture."""
    heads = [t for t in objects_of(noun, "of", "over") if not is_body(t, parsed)]
    return [p for p in places_of(heads, parsed) if p.text]


def _lost(
    found: _State, places: list[PlaceRef], holder: Token | None, trigger: Trigger, parsed: Parsed
) -> Iterator[Frame]:
    """ "X slipped from A's grip", "X is no longer under A's control"."""
    verb = found.verb
    if not is_verb(verb) or lexicon().control_verbs.get(verb.lower_) not in ("fall", "be", "take", "lose"):
        return
    taker = first(t for t in objects_of(verb, "to") if is_armed(t, parsed)) or found.causer
    kind = Kind.WITHDRAWAL if taker is None else Kind.CAPTURE
    frame = build(verb, trigger, places, taker, holder, parsed, kind=kind, shape="control", strong=True)
    if found.no_longer and frame.status is Status.DENIED:
        frame = replace(frame, status=Status.REPORTED, status_word="no longer")
    yield frame


def _state_kind(found: _State) -> Kind:
    """A state, unless the verb, "now", "back" or "since Wednesday" tells that it began."""
    verb = found.verb
    if is_verb(verb) and any(c.dep_ == "neg" for c in verb.children):
        return Kind.HOLD
    effect = lexicon().control_verbs.get(verb.lower_, "be") if is_verb(verb) else "be"
    kind = _KINDS.get(effect, Kind.HOLD)
    began = (
        kind is not Kind.HOLD
        or bool(found.words & _AT_LAST)
        or _wholly_said(found)
        or _since(verb)
        or _after_event(verb)
    )
    if (found.words & _AGAIN or {"once", "more"} <= found.words) and (began or effect == "be"):
        return Kind.RECAPTURE
    if kind is Kind.HOLD and began:
        return Kind.CAPTURE
    return kind


_AT_LAST = frozenset({"now", "finally"})


_WHOLLY = frozenset("firmly fully completely totally entirely".split())


def _wholly_said(found: _State) -> bool:
    """ "said that X was firmly in its hands": told as news, by whoever tells it."""
    return _is_said(found.verb) and not found.words.isdisjoint(_WHOLLY) and found.words.isdisjoint(_STILL)


def _since(verb: Token) -> bool:
    """ "has been under A's control since Wednesday": a state that tells when it began."""
    return any(c.dep_ == "prep" and c.lower_ == "since" for c in verb.children)


_FIGHTS = frozenset(
    "push battle battles fighting offensive assault attack siege clashes advance operation raid".split()
)


def _after_fight(verb: Token) -> bool:
    """ "are in control of X after a two-day push": a state that a fight has made."""
    return any(t.lower_ in _FIGHTS and t.i > verb.i for t in objects_of(verb, "after", "following"))


def _after_event(verb: Token) -> bool:
    """ "is in A's grip after B slipped away": a state that an event has made."""
    clauses = (c for c in verb.children if c.dep_ == "advcl" and is_verb(c) and c.i > verb.i)
    return any(any(g.lower_ == "after" and g.dep_ == "mark" for g in c.children) for c in clauses)


def _changed_hands(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "X changed hands": taken, and nobody says by whom."""
    subject = grammatical_subject(verb)
    if subject is None or not any(c.lower_ in HANDS for c in verb.children):
        return
    if any(c.lower_ in ("times", "often", "repeatedly", "frequently") for c in verb.children):
        return  # told of a time, not of a day: "changed hands five times"
    places = [p for p in places_of([subject], parsed) if p.text]
    if places:
        yield build(verb, trigger, places, None, None, parsed, strong=True)


RULES: dict[str, Rule] = {"control": _control, "changed_hands": _changed_hands}
