"""Taking: verbs whose subject takes a place, clears it, or drives somebody out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from geo.claims import Kind
from geo.frames.control import is_control
from geo.frames.enter import enter
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.nouns import is_class, is_name
from geo.frames.opening import opening
from geo.frames.parsed import Parsed
from geo.frames.parties import acting, is_armed, is_body, is_side, no_side
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    SPANS,
    brief,
    clause_verb,
    conjuncts,
    doer,
    is_passive,
    is_verb,
    objects_of,
    part_of_which,
    particle,
    undergoer,
)
from geo.lexicon import Trigger, lexicon
from geo.trees import Token

_ELSEWHERE = frozenset({"up", "off", "down", "away", "out"})
"""Particles that make of "take" another verb."""


_IDIOMS = frozenset({"place", "part", "positions", "position", "side", "sides", "power", "office"})
"""Objects with which "take" means something else: took place, took part, took positions."""


def _lasting(verb: Token) -> bool:
    """ "had occupied X for weeks": a state; "was occupied for some hours" tells of who came, and went."""
    return any(t.lower_ in SPANS for t in objects_of(verb, "for")) and not brief(verb)


_WAYS = frozenset({"road", "highway", "path", "route", "way"})


def take(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A captured X", "X was captured by A", "X captured" in a headline."""
    whole = part_of_which(verb)
    if whole is not None:
        part = [replace(p, partial=True) for p in places_of([whole], parsed)]
        yield build(verb, trigger, part, doer(verb), None, parsed)
        return
    obj = undergoer(verb) or first(objects_of(verb, "over")) or _headline(verb, parsed)
    obj = _cleft(obj, verb)
    if (
        obj is None
        or is_control(obj)
        or obj.lower_ in _IDIOMS
        and not (obj.lower_ == "side" and any(objects_of(obj, "of")))
    ):
        return
    if trigger.lemma == "occupy" and any(objects_of(verb, "with")):
        return  # "is occupied with the burial of its dead"
    if _is_person(obj):
        return
    if trigger.lemma == "get" and not (_got_back(verb, obj) and is_armed(doer(verb), parsed)):
        return
    if trigger.lemma == "take" and (
        _taken_elsewhere(verb, parsed) or obj.lower_ in _WAYS and any(objects_of(obj, "to"))
    ):
        return
    if trigger.lemma == "take" and (_carried(verb, parsed) or _figurative(verb)):
        return
    places = places_of([obj], parsed)
    taker = acting(verb, parsed)
    around = [*conjuncts(obj), *([taker] if taker is not None and parsed.mention(taker) is not None else [])]
    sources = [*objects_of(verb, "from", "off"), *(t for o in around for t in objects_of(o, "from"))]
    loser = first(t for t in sources if is_armed(t, parsed))
    if trigger.lemma == "occupy" and _lasting(verb):
        yield build(verb, trigger, places, doer(verb), None, parsed, kind=Kind.HOLD)
        return
    again = trigger.kind is Kind.CAPTURE and particle(verb) == "back"
    yield build(
        verb,
        trigger,
        places,
        taker if taker is None or taker.i != obj.i else None,
        loser,
        parsed,
        kind=Kind.RECAPTURE if again else trigger.kind,
    )


def _got_back(verb: Token, obj: Token) -> bool:
    """ "got X back", "got back X"; what the words behind it say was done to X is another thing."""
    near = (verb.i + 1, obj.i + 1)
    return any(t.lower_ == "back" for t in verb.doc if t.i in near)


def _taken_elsewhere(verb: Token, parsed: Parsed) -> bool:
    """ "took it up"; not "took it away from the rebels"."""
    aside = particle(verb)
    sources = [*objects_of(verb, "from", "away from"), *(t for c in verb.children for t in objects_of(c, "from"))]
    return aside in _ELSEWHERE and not (aside == "away" and any(is_armed(t, parsed) for t in sources))


def _cleft(obj: Token | None, verb: Token) -> Token | None:
    """ "What A took was X": X."""
    if obj is None or obj.lower_ != "what" or verb.dep_ != "csubj":
        return obj
    return next((c for c in verb.head.children if c.dep_ == "attr" and c.i > verb.i), None)


def _is_person(obj: Token) -> bool:
    """ "captured X, an Islamic State emir": a name that the words behind it make a person's, whatever the tree."""
    if any(c.dep_ == "appos" and is_class(c, "title") and c.tag_ == "NN" for c in obj.children):
        return True
    behind = obj.doc[obj.i + 1 : obj.i + 9]
    if [t.lower_ for t in behind[:2]] not in ([",", "a"], [",", "an"]):
        return False
    ends = ((t, after.lower_) for t, after in pairwise(behind[2:]) if t.is_punct or _is_someone(t))
    word, after = next(ends, (None, ""))
    return word is not None and not word.is_punct and after in _GOES_ON


def _is_someone(word: Token) -> bool:
    """A title, or one of an armed body: "a colonel", "a fighter"."""
    return is_class(word, "title") or lexicon().is_class(f"{word.lower_}s", "armed")


_GOES_ON = frozenset(", . ; : in at near on of from who and for after".split())
"""What stands behind a person's title, and not behind a noun that only describes another ("a rebel stronghold")."""
_FIGURATIVE = frozenset("court task heart extremes trial pieces surprise granted".split())


def _figurative(verb: Token) -> bool:
    """ "took X to court", "took X by surprise", "took X apart": nobody holds X by that."""
    if any(c.lower_ == "apart" for c in verb.children):
        return True
    return any(t.lower_ in _FIGURATIVE and t.i > verb.i for t in verb.subtree if t.dep_ in ("pobj", "pcomp", "amod"))


def _carried(verb: Token, parsed: Parsed) -> bool:
    """ "were taken to hospital", "was taken to X for treatment": somebody carried somewhere, not a place taken."""
    if not is_passive(verb) or any(c.dep_ == "agent" for c in verb.children):
        return False
    return any(is_name(t, parsed) or is_class(t, "facility") for t in objects_of(verb, "to"))


def _headline(verb: Token, parsed: Parsed) -> Token | None:
    """ "Kherson liberated", "Rebels ousted from Sirte": the passive of a headline, without its auxiliary."""
    bare = verb.tag_ in ("VBD", "VBN") and not any(c.dep_ in ("dobj", "ccomp", "xcomp", "aux") for c in verb.children)
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    ended = verb.doc[-1].text == "." and not any(objects_of(verb, "by", "from")) and not _declared(verb)
    if not bare or ended or subject is None or verb.dep_ not in ("ROOT", "ccomp", "conj", "advcl"):
        return None
    return None if is_body(subject, parsed) or not places_of([subject], parsed) else subject


def _declared(verb: Token) -> bool:
    """ "A declared X cleared"."""
    return verb.dep_ == "ccomp" and verb.head.lower_ in _DECLARING and not any(c.dep_ == "mark" for c in verb.children)


_DECLARING = frozenset("declare declares declared declaring pronounced proclaimed proclaims reported".split())


def clear(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A liberated X from B", "A cleared X of B", "A cleared B from X"."""
    obj = undergoer(verb) or _headline(verb, parsed)
    if obj is None:
        return
    sources = [*objects_of(verb, "from", "of"), *objects_of(obj, "from", "of")]
    if is_body(obj, parsed):
        yield build(verb, trigger, places_of(sources, parsed), doer(verb), obj, parsed)
        return
    places = places_of([obj], parsed)
    loser = first(t for t in sources if is_armed(t, parsed))
    if not places or trigger.lemma != "liberate" and loser is None and not places[0].text:
        return
    if loser is None and any(objects_of(verb, "of")) or loser is not None and no_side(loser, parsed):
        return
    if loser is None and any(_nothing_armed(t, parsed) for t in sources):
        return  # "liberated from snow"
    taker = doer(verb)
    taker = doer(verb.head) if taker is not None and taker.i == obj.i and _declared(verb) else taker
    yield build(verb, trigger, places, taker if taker is None or taker.i != obj.i else None, loser, parsed)


_YOKES = frozenset("terror terrorism tyranny captivity oppression yoke extremism darkness evil scourge".split())


def _nothing_armed(noun: Token, parsed: Parsed) -> bool:
    """A noun for stuff, not for people: "from snow", "from mud"."""
    reports = noun.lower_ in lexicon().nouns or noun.lower_ in _YOKES  # "freed from occupation"
    bare = noun.tag_ == "NN" and not any(c.dep_ in ("det", "poss") for c in noun.lefts)
    return bare and parsed.mention(noun) is None and no_side(noun, parsed) and not reports


def expel(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A drove B out of X"; where X is not said, the place of the clause above, or the one spoken of."""
    obj = undergoer(verb)
    taker = doer(verb)
    bare = obj is None and verb.tag_ in ("VBD", "VBN") and is_body(taker, parsed) and verb.lower_ not in _ACTIVE
    if bare and any(objects_of(verb, "from")) and not any(objects_of(verb, "into")):
        obj, taker = taker, None
    if obj is None:
        if trigger.lemma == "push":
            yield from _pushed_into(verb, trigger, parsed)
        return
    if not is_side(obj, parsed):
        return
    sources = _sources(verb, obj)
    if particle(verb) == "back" and not any(_had_taken(t) for t in sources):
        return
    places = places_of(sources, parsed)
    if not places and not (trigger.strong or particle(verb) in ("out", "off", "away")):
        return
    if not places and _on_the_road(obj, parsed):
        return
    if not places and particle(verb) == "off":  # "came for the base, and were driven off"
        yield build(verb, trigger, _scene(verb, parsed), taker, None, parsed, kind=Kind.HOLD)
        return
    places = places or _scene(verb, parsed)
    kind = Kind.PARTIAL_CAPTURE if all(p.partial for p in places) else trigger.kind
    yield build(verb, trigger, places, taker, obj, parsed, kind=kind)


def _had_taken(place: Token) -> bool:
    """ "were pushed back from the airport, which they had overrun": from ground that they held."""
    clauses = (c for c in place.subtree if c.dep_ == "relcl" and is_verb(c) and c.i > place.i)
    gaps = (c for c in clauses if not any(g.dep_ == "dobj" and g.tag_.startswith("NN") for g in c.rights))
    return any(_is_taking(c) and any(g.lower_ in ("they", "it") for g in c.lefts) for c in gaps)


def _is_taking(verb: Token) -> bool:
    return any(trigger.frame in ("take", "hold", "enter") for trigger in lexicon().verbs.get(verb.lower_, ()))


_ACTIVE = frozenset({"drove", "threw", "chased"})
"""Forms that no headline uses for a passive: "from X the rebels drove to Y"."""


def _on_the_road(side: Token, parsed: Parsed) -> bool:
    """Whether a side is a convoy, which the tree may hang behind whose it is ("rout X convoy")."""
    mention = parsed.mention(side)
    words = (mention.text if mention is not None else side.text).lower().split()
    following = parsed.doc[side.i + 1].lower_ if side.i + 1 < len(parsed.doc) else ""
    return words[-1] in _ON_THE_ROAD or following in _ON_THE_ROAD


_ON_THE_ROAD = frozenset("convoy convoys column columns patrol patrols".split())
"""Who is routed on the road has held no ground: no place is taken with a convoy."""


def _pushed_into(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "A pushed into X", of a place that the words tell: into "the town" they push on every day of a battle."""
    for frame in enter(verb, replace(trigger, kind=Kind.PARTIAL_CAPTURE, where=("into",)), parsed):
        if all(
            p.text or lexicon().is_class(p.kind_words[0], "facility") for p in frame.places if p.text or p.kind_words
        ):
            yield frame


def _sources(verb: Token, obj: Token) -> list[Token]:
    """What they were driven from, wherever the tree hung its "from"."""
    sources = [
        *objects_of(verb, "from", "out of", "off"),
        *(t for o in conjuncts(obj) for t in objects_of(o, "from", "out of")),
    ]
    if sources:
        return sources
    preps = [t for t in verb.subtree if t.lower_ == "from" and t.i > verb.i and not _of_another(t, verb)]
    return [t for prep in preps for t in prep.children if t.dep_ == "pobj"]


def _of_another(prep: Token, verb: Token) -> bool:
    """Whether a "from" belongs to a verb told beside: "driving B out and hanging C from a post"."""
    return prep.head.i != verb.i and is_verb(prep.head) and prep.head.dep_ == "conj"


def _scene(verb: Token, parsed: Parsed) -> list[PlaceRef]:
    """Where it happened, told by the clause above ("holds X after expelling B"), else by what was said before."""
    if verb.dep_ in ("advcl", "pcomp", "conj") and verb.head.i != verb.i:
        above = clause_verb(verb.head)
        if is_verb(above) and above.i != verb.i:
            obj = undergoer(above)
            heads = [*([obj] if obj is not None else []), *objects_of(above, "in", "into", "inside", "through")]
            heads += objects_of(obj, "of", "over") if obj is not None and is_control(obj) else []
            places = [p for p in places_of(heads, parsed) if p.certain]
            if places:
                return places
    around = opening(verb, parsed)
    if around is not None:
        return [around]
    a, b = parsed.at(verb)
    return [PlaceRef(a, b, None, ("town",))]


RULES: dict[str, Rule] = {"take": take, "clear": clear, "expel": expel}
