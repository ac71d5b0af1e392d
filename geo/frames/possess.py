"""Possession: places that are somebody's: "X is now the army's", "the town is ours", "they had all of it by noon"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from geo.claims import Kind
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.nouns import KINDS, is_class
from geo.frames.parsed import Parsed
from geo.frames.parties import is_armed, is_body, is_demonym
from geo.frames.refs import PlaceRef
from geo.frames.slots import doer, grammatical_subject, is_time, is_verb, objects_of, undergoer
from geo.lexicon import Trigger, lexicon
from geo.mentions import Sort
from geo.trees import Token

_BEING = frozenset({"is", "are", "was", "were", "'s", "’s"})
_WHOLE = frozenset({"all", "whole", "entirety", "corner", "inch", "street", "both"})
"""What of a place is had with it: "all of X", "every corner of X"."""
_REASONS = frozenset({"because", "since"})
"""What tells that something has come to be somebody's."""
_NOW = frozenset({"now", "already", "finally", "again"})


def _possessed(word: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "X is now the army's", "X is Russian again", "X is ours", "X is back with the army"."""
    verb = _predicate(word)
    earlier = any(t.lower_ in lexicon().others and t.i < word.i for t in verb.children)
    subject = grammatical_subject(verb) if is_verb(verb) and verb.lower_ in _BEING and not earlier else None
    if subject is None or subject.i > verb.i or word.lower_ == "once" and not _once_more(verb):
        return
    no_longer = word.lower_ == "longer"
    if no_longer and word.nbor(-1).lower_ != "no":
        return
    holder = next((c for c in verb.children if c.i > verb.i and _possesses(c, parsed)), None) or _whose_town(
        verb, parsed
    )
    if holder is not None and is_demonym(holder) and word.lower_ in _REASONS:
        return  # "the harbour is Russian because its sailors are"
    if word.lower_ == "back" or holder is None and word.lower_ in ("now", "again"):
        holder = first(t for at in (word, verb) for t in objects_of(at, "with") if is_armed(t, parsed))
    places = [p for p in places_of([subject], parsed) if p.text or p.kind_words]
    if holder is not None and places and no_longer:
        yield build(verb, trigger, places, None, holder, parsed, kind=Kind.WITHDRAWAL, shape="control", strong=True)
    elif holder is not None and places:
        again = any(t.lower_ in ("again", "back") for t in verb.subtree) or _once_more(verb)
        lasting = any(t.lower_ == "always" for t in verb.subtree)
        lasting = lasting or word.lower_ == "because" and not _changed(word.head)
        kind = Kind.HOLD if lasting else Kind.RECAPTURE if again else trigger.kind
        yield build(verb, trigger, places, holder, None, parsed, kind=kind, shape="control", strong=True)


def _whose_town(verb: Token, parsed: Parsed) -> Token | None:
    """ "X is now an A town": the side that a town is called after."""
    for noun in verb.children:
        if noun.dep_ != "attr" or noun.i < verb.i or not is_class(noun, "settlement", "ground"):
            continue
        for child in noun.lefts:
            if child.dep_ in ("compound", "amod", "nmod") and (is_body(child, parsed) or is_demonym(child)):
                return child
    return None


def _changed(reason: Token) -> bool:
    """Whether a reason tells that the other side went: "because its last troops were ordered out"."""
    told = {trigger.frame for t in reason.subtree for trigger in lexicon().verbs.get(t.lower_, ())}
    return not told.isdisjoint(_GOING) or any(t.lower_ == "out" for t in reason.subtree)


_GOING = frozenset({"leave", "lose", "give", "take", "expel"})


def _predicate(word: Token) -> Token:
    """The verb a word hangs on; of "once more", "no longer" and a reason the one above."""
    if word.lower_ in _REASONS:
        return word.head.head if word.dep_ == "mark" else word.head
    if word.lower_ not in ("once", "longer"):
        return word.head
    return next((t for t in word.ancestors if is_verb(t)), word.head)


def _once_more(verb: Token) -> bool:
    words = [t.lower_ for t in verb.subtree]
    return ("once", "more") in pairwise(words)


def _possesses(word: Token, parsed: Parsed) -> bool:
    """Whether a predicate tells whose something is: ours, the army's, Russian; not "theirs to lose"."""
    if word.dep_ not in ("attr", "acomp"):
        return False
    if word.lower_ in ("ours", "theirs"):
        following = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
        return following != "to" and not any(is_verb(c) for c in word.children)
    owned = any(c.dep_ == "case" for c in word.children)
    return is_demonym(word) and word.tag_.startswith("JJ") or owned and is_armed(word, parsed)


def _have(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A has all of X", "A had the town by noon": a state, or its beginning where a time tells of one."""
    if verb.dep_ in ("aux", "auxpass") or not is_verb(verb):
        return
    subject, obj = doer(verb), _whole(verb) or undergoer(verb)
    if obj is None or not is_armed(subject, parsed) or _other_sense(verb, obj):
        return
    whole = obj.lower_ in _WHOLE or any(c.lower_ == "all" for c in obj.children)
    places = [p for p in places_of([obj], parsed) if _definite(p, obj, parsed)]
    since = began(verb)
    told = not since and _says_so(verb, parsed)
    since = since or told
    if places and (whole or since):
        back = any(c.lower_ == "back" and c.dep_ in ("advmod", "prt") for c in verb.children)
        kind = Kind.RECAPTURE if back else Kind.CAPTURE if since else Kind.HOLD
        yield build(verb, trigger, places, subject, None, parsed, kind=kind, shape="control", strong=True)


def _says_so(verb: Token, parsed: Parsed) -> bool:
    """ "The army says it has X": news, as the side itself tells it."""
    subject, above = doer(verb), verb.head
    if verb.tag_ not in ("VBP", "VBZ") or verb.dep_ != "ccomp" or lexicon().governors.get(above.lower_) != "say":
        return False
    own = subject is not None and subject.lower_ in ("it", "they") and not any(c.lower_ in _LASTING for c in verb.lefts)
    return own and is_body(doer(above), parsed)


_LASTING = frozenset({"still", "long", "always"})


def _whole(verb: Token) -> Token | None:
    """The "all" of "have all of X", which the tree may hang on a later verb."""
    following = verb.nbor(1) if verb.i + 2 < len(verb.doc) else None
    return following if following is not None and following.lower_ == "all" and following.tag_ != "RB" else None


def _definite(place: PlaceRef, obj: Token, parsed: Parsed) -> bool:
    """A place by name, or "the town"; not "bases in X", of which it has some."""
    if parsed.mention(obj) is not None:
        return place.sort in (Sort.PLACE, Sort.NAME)
    if obj.tag_ == "PRP" or obj.lower_ in _WHOLE:
        return True
    return is_class(obj, *KINDS, "direction") and any(c.lower_ in ("the", "both", "this") for c in obj.lefts)


def _other_sense(verb: Token, obj: Token) -> bool:
    """ "has X in its sights", "has the town surrounded", "has had a presence around X"."""
    if any(c.i > obj.i and (is_verb(c) or c.dep_ in ("acomp", "oprd", "xcomp", "ccomp")) for c in verb.children):
        return True
    return any(not is_time(t) for t in objects_of(verb, "in", "under", "on", "as", "to", "for", "at"))


def began(verb: Token) -> bool:
    """Whether a time tells that it began: "by noon", "since Sunday", "now"."""
    for child in verb.children:
        if (child.lower_ in _NOW or child.lower_ == "back") and child.dep_ in ("advmod", "prt"):
            return True
        if child.lower_ in ("by", "since", "within", "before") and child.dep_ in ("prep", "mark"):
            return True
        if child.lower_ in ("on", "at") and verb.tag_ == "VBD" and any(is_time(c) for c in child.children):
            return True
    return False


def _inside(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "Our forces are in X", "by noon its men were in X": a body of somebody's own, or by a time."""
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if verb.tag_ not in ("VBP", "VBD", "VBZ") or not is_body(subject, parsed) or subject is None:
        return
    if trigger.lemma == "stand" and verb.doc[verb.i + 1].lower_ not in ("in", "inside"):
        return  # "stood side by side in X"
    mention = parsed.mention(subject)
    words = {c.lower_ for c in subject.lefts if c.dep_ == "poss"} | set(mention.text.lower().split() if mention else ())
    owned = not words.isdisjoint(_OURS)
    timed = began(verb) or any(t.lower_ in _NOW for t in verb.children)
    told = verb.dep_ == "ccomp" and verb.head.lower_ in _CONCEDING
    if not (owned or timed or told) or any(c.dep_ in ("acomp", "attr", "neg", "aux") for c in verb.children):
        return
    heads = [t for t in objects_of(verb, "in", "inside") if parsed.mention(t) is not None or is_class(t, *_INNER)]
    places = [p for p in places_of(heads, parsed) if p.text and p.sort in _TOLD]
    if places:
        yield build(verb, trigger, places, subject, None, parsed, shape="control", strong=True)


_INNER = ("facility", "part")
_TOLD = frozenset({Sort.PLACE, Sort.NAME, None})
_OURS = frozenset({"our", "its", "their", "his"})
_CONCEDING = frozenset("conceded concedes admitted admits acknowledged acknowledges confirmed confirms".split())


def _rid(word: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "X is free of A": A has gone, and nobody is told to have come."""
    verb = word.head
    subject = grammatical_subject(verb) if is_verb(verb) and word.dep_ == "acomp" else None
    gone = first(t for t in objects_of(word, "of", "from") if is_armed(t, parsed) and t.tag_ != "PRP")
    if subject is None or gone is None or verb.lower_ not in _BEING:
        return
    places = places_of([subject], parsed)
    if places:
        yield build(verb, trigger, places, None, gone, parsed, shape="control")


RULES: dict[str, Rule] = {"possessed": _possessed, "have": _have, "inside": _inside, "rid": _rid}
