"""Losing: verbs whose subject loses a place, falls, or leaves."""

from __future__ import annotations

from collections.abc import Iterator

from geo.candidates import ONLY_FROM
from geo.claims import Kind
from geo.frames.absent import absent
from geo.frames.control import is_control
from geo.frames.frame import Frame, Rule, build, first, places_of
from geo.frames.nouns import is_class
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.parties import is_armed, is_body, is_side
from geo.frames.refs import PlaceRef
from geo.frames.slots import (
    antecedent,
    conjuncts,
    doer,
    grammatical_subject,
    is_passive,
    is_time,
    is_verb,
    objects_of,
    particle,
    undergoer,
)
from geo.frames.status import ORDINALS, status
from geo.lexicon import Trigger, lexicon
from geo.mentions import Sort
from geo.trees import Token


def lose(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "B lost X to A", "X was lost to A by B"."""
    obj = undergoer(verb)
    if obj is None or is_control(obj):
        return
    places = places_of([obj], parsed)
    subject = doer(verb)
    taker = first(t for t in [*objects_of(verb, "to"), *objects_of(obj, "to")] if is_side(t, parsed))
    kind = Kind.CAPTURE if taker is not None or subject is None else Kind.WITHDRAWAL
    yield build(verb, trigger, places, taker, subject, parsed, kind=kind)


def fall(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "X fell", "X fell to A"."""
    subject = _falling(verb)
    if subject is None:
        return
    if is_body(subject, parsed):
        yield from _fell_back(verb, subject, trigger, parsed)
        return
    places = places_of([subject], parsed)
    if not places or any(is_control(t) for t in objects_of(verb, "under", "into", "in", "from", "out of")):
        return
    taker = first(t for t in objects_of(verb, "to", "before") if is_side(t, parsed))
    if taker is None and trigger.lemma == "go":
        places = places if _went(verb, subject, parsed) else []
    elif taker is None and (not _falls_alone(subject, trigger) or _fell_otherwise(verb, parsed)):
        return
    if trigger.lemma == "collapse" and is_class(subject, "facility"):
        return
    yield build(verb, trigger, [*places, *_so_did(verb, parsed)], taker, None, parsed)


def _so_did(verb: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "X fell, and so did Y": Y."""
    also = next((c for c in verb.children if c.dep_ == "conj" and c.lower_ in ("did", "has", "have")), None)
    if also is None or not any(c.lower_ == "so" for c in also.lefts):
        return []
    heads = [t for c in also.rights if c.dep_ in ("nsubj", "dobj") for t in conjuncts(c)]
    return [p for p in places_of(heads, parsed) if p.text]


def _falls_alone(subject: Token, trigger: Trigger) -> bool:
    """ "X fell"; of what collapses only whole districts are lost: walls and bridges collapse too."""
    many = trigger.lemma == "collapse" and is_class(subject, "region", "quarter", "settlement")
    alone = trigger.lemma == "fall" or trigger.lemma == "surrender" and subject.tag_ == "NNP"
    return alone or many and subject.tag_ == "NNS"


def _went(verb: Token, subject: Token, parsed: Parsed) -> bool:
    """ "X went at dawn", "then Y went", "Z went next": lost, where a town does nothing else but go, and when."""
    mention = parsed.mention(subject)
    if mention is None or mention.sort not in (Sort.PLACE, Sort.NAME, Sort.STATE):
        return False
    if verb.tag_ == "VB" and verb.head.lower_ in ORDINALS:
        return not any(c.i > verb.i and not c.is_punct for c in verb.children)  # "X was the first to go"
    if verb.tag_ != "VBD":
        return False
    rest = [c for c in verb.children if c.i > verb.i and not c.is_punct and c.dep_ not in ("conj", "cc", "ccomp")]
    rest = [c for c in rest if c.dep_ != "dep" or parsed.mention(c) is None]  # "X went first, then Y"
    times = [c for c in rest if is_time(c) or c.dep_ == "prep" and any(is_time(o) for o in c.children)]
    order = [c for c in verb.children if c.lower_ in _IN_TURN]
    return bool(times or order) and all(c in times or c in order for c in rest)


_IN_TURN = frozenset({"first", "next", "then", "last", "too", "second"})
"""What tells that one place after the other was lost: "then X went", "Y went next"."""


def _falling(verb: Token) -> Token | None:
    """What fell: the subject; of "the next to fall was X" and "X was the next to fall" the name."""
    subject = grammatical_subject(verb)
    if subject is None:
        return next((c for c in verb.children if c.dep_ == "attr"), None)
    if subject.lower_ in ORDINALS and subject.dep_ in ("attr", "nsubj"):
        sides = ("nsubj",) if subject.dep_ == "attr" else ("attr",)
        return next((c for c in subject.head.children if c.dep_ in sides and c.i != subject.i), None)
    return subject


def _fell_back(verb: Token, side: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "B fell back from X": a withdrawal."""
    if particle(verb) in ("back", "away") and trigger.lemma == "fall":
        places = places_of(list(objects_of(verb, "from")), parsed)
        if places:
            yield build(verb, trigger, places, None, side, parsed, kind=Kind.WITHDRAWAL)


_TO_NOTHING = frozenset("pieces bits knees feet ruin ruins rubble earth ground floor dust zero bottom".split())
_STATES = frozenset("ill silent short apart asleep behind quiet victim prey foul flat sick still".split())


def _fell_otherwise(verb: Token, parsed: Parsed) -> bool:
    """ "fell by a third", "fell on the town", "fell into disrepair", "fell short": not into other hands."""
    if any(c.lower_ in _STATES for c in verb.children):
        return True
    if any(t.tag_ in ("CD", "JJ") or t.text[0].isdigit() for t in objects_of(verb, "to")):
        return True  # "fell to 18th"
    if any(t.lower_ in _TO_NOTHING for t in objects_of(verb, "to")):
        return True  # "fell to pieces"
    for token in objects_of(verb, "by", "on", "into", "below", "from", "upon", "through"):
        mention = parsed.mention(token)
        if is_time(token):
            continue
        if mention is not None and mention.sort in PLACE_SORTS or not is_class(token, "calendar"):
            return not any(parsed.at(token)[0] < d.end and d.start < parsed.at(token)[1] for d in parsed.dates)
    return any(c.dep_ in ("acomp", "attr", "oprd") for c in verb.children)


_MAY_GO = frozenset({"flee", "leave", "evacuate", "quit", "depart"})
"""Leaving that civilians do too: a pronoun that leaves is no army."""


def leave(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "B withdrew from X", "B abandoned X", "A withdrew its troops from X", "B was withdrawn from X"."""
    obj = undergoer(verb)
    if trigger.lemma == "evacuate" and any(objects_of(verb, "of")):
        return  # "the port was evacuated of civilians"
    if trigger.lemma in _OUT_OF and not _out_of(verb, obj) or not trigger.strong and on_the_move(verb):
        return
    if trigger.lemma == "leave" and (obj is not None and _turns_out(obj) or _elsewhere(verb)):
        return
    if trigger.lemma == "leave" and verb.tag_ == "VBN":
        yield from absent(verb, trigger, parsed)
    if is_passive(verb) and is_body(obj, parsed):
        places = places_of(list(objects_of(verb, "from", "out of")), parsed)
        if places:
            yield build(verb, trigger, places, None, obj, parsed)
        return
    side = doer(verb) if is_passive(verb) else grammatical_subject(verb)
    if trigger.lemma == "redeploy":
        sources = [*objects_of(verb, "from", "outside", "out of", "away from")]
    sources = (
        sources
        if trigger.lemma == "redeploy"
        else [*objects_of(verb, "from", "out of", "off")]
        if trigger.lemma in ONLY_FROM | {"flee", "evacuate"} | _OUT_OF
        else []
    )
    if obj is not None and is_body(obj, parsed) and trigger.lemma in ("withdraw", "pull", "evacuate", "move"):
        owned = any(c.dep_ == "poss" and c.lower_ in ("its", "their") for c in obj.lefts)
        side = side if owned and is_armed(side, parsed) else obj
        sources += objects_of(obj, "from", "out of")
    elif obj is not None and trigger.lemma not in ONLY_FROM:
        sources.append(obj)
    spoilt = trigger.lemma == "leave" and _leaves_spoilt(verb)
    places = [] if spoilt or _leaves_in_hands(verb, trigger) else places_of(sources, parsed)
    if places and _can_leave(side, verb, trigger, parsed):
        heir = first(t for t in objects_of(verb, "to") if is_body(t, parsed)) if trigger.lemma in _LEFT_TO else None
        yield build(verb, trigger, places, heir, side, parsed)


def on_the_move(verb: Token) -> bool:
    """ "rolled out of X and took Y": whoever sets out from X to take more has not lost it."""
    further = (c for c in verb.children if c.dep_ == "conj" and c.i > verb.i)
    further = (c for c in further if not any(g.dep_ in ("nsubj", "nsubjpass") for g in c.lefts))
    told = (t for c in further for t in lexicon().verbs.get(c.lower_, ()))
    return any(t.frame in ("take", "enter", "contest", "siege") for t in told)


_OUT_OF = frozenset({"move", "clear"})
"""Verbs that tell of leaving only with "out of": "moved its men out of X", "cleared out of X"."""


def _out_of(verb: Token, obj: Token | None) -> bool:
    own = obj is None or any(c.dep_ == "poss" and c.lower_ in ("its", "their", "his") for c in obj.lefts)
    return own and any(objects_of(verb, "out of"))


def _elsewhere(verb: Token) -> bool:
    """ "left a tank behind", "left X for here": told of what was left there, or of the way."""
    if any(c.lower_ == "behind" and c.dep_ in ("advmod", "prt") for c in verb.children):
        return True
    return any(g.lower_ in ("here", "us") for c in verb.children if c.lower_ == "for" for g in c.children)


def _turns_out(obj: Token) -> bool:
    """ "left their barracks": mutineers and patrols do, and keep them."""
    return obj.lower_ in ("barracks", "quarters", "tents") and any(c.lower_ in ("their", "its") for c in obj.lefts)


_RUIN = frozenset("ruins rubble flames tatters ashes darkness chaos turmoil disarray shambles limbo pieces".split())
_NEEDS = frozenset("water power electricity food fuel supplies medicine doctors bread shelter heating".split())


_BARE = frozenset(
    "deserted empty devastated destroyed isolated encircled surrounded exposed undefended shattered".split()
)


def _leaves_spoilt(verb: Token) -> bool:
    """ "left X in ruins", "left X without water": what somebody did to a place, and not that he went."""
    told = {t.lower_ for t in objects_of(verb, "in")} & _RUIN or {
        t.lower_ for t in objects_of(verb, "without")
    } & _NEEDS
    obj = undergoer(verb)
    whole = obj is not None and {t.lower_ for t in objects_of(obj, "in")} & _RUIN
    bare = obj is not None and any(
        c.dep_ in ("oprd", "acomp", "ccomp", "amod") and c.lower_ in _BARE for c in (*verb.children, *obj.rights)
    )
    return bool(told or whole or bare)


def _leaves_in_hands(verb: Token, trigger: Trigger) -> bool:
    """ "leaving X in the hands of A", "left X under A's control": told by the hands, and who leaves has not gone."""
    if trigger.lemma != "leave":
        return False
    after = (t for t in verb.subtree if t.i > verb.i and t.dep_ == "pobj" and is_control(t))
    return any(t.head.lower_ in ("in", "under") and t.head.head in (verb, undergoer(verb)) for t in after)


_LEFT_TO = frozenset({"abandon", "leave"})


def _can_leave(side: Token | None, verb: Token, trigger: Trigger, parsed: Parsed) -> bool:
    if side is None:
        told = any(c.dep_ == "auxpass" and c.lower_ in ("was", "were", "been") for c in verb.children)
        return verb.dep_ == "pcomp" or told and trigger.strong
    if _fighter_says(side, verb):
        return True
    if trigger.lemma in _MAY_GO and _sets_out(side, parsed):
        return False
    if not is_side(side, parsed) or not (trigger.strong or is_armed(side, parsed)):
        return False
    if trigger.lemma == "pull" and particle(verb) not in ("out", "back", ""):
        return False
    return trigger.lemma not in _MAY_GO or not antecedent(side).tag_.startswith("PRP")


def _sets_out(side: Token, parsed: Parsed) -> bool:
    """ "Columns left X": what goes out in a column or a patrol has not given up where it came from."""
    mention = parsed.mention(side)
    return (mention.text if mention is not None else side.text).lower().split()[-1] in _ON_THE_ROAD


_ON_THE_ROAD = frozenset("convoy convoys column columns patrol patrols".split())
_OFFICERS = frozenset("commander general colonel captain lieutenant sergeant corporal militiaman gunman".split())


def _fighter_says(side: Token, verb: Token) -> bool:
    """ "We left X," said a fighter: "we" in the words of one who bears arms are his side."""
    if side.lower_ != "we":
        return False
    speakers = (c for t in verb.ancestors if is_verb(t) for c in t.children if c.dep_ == "nsubj")
    return any(c.lower_ in _OFFICERS or lexicon().is_class(f"{c.lower_}s", "armed") for c in speakers)


def forsake(verb: Token, trigger: Trigger, parsed: Parsed) -> Iterator[Frame]:
    """ "Rather than defend X, B drew back", "B fled instead of holding X": B has left X."""
    if status(verb)[1] not in ("rather than", "instead of"):
        return
    obj = undergoer(verb)
    above = next((t for t in verb.ancestors if is_verb(t)), None)
    if obj is None or above is None or not _goes(above):
        return
    places, side = places_of([obj], parsed), doer(above)
    if places and is_body(side, parsed):
        yield build(above, trigger, places, None, side, parsed)


def _goes(verb: Token) -> bool:
    frames = {trigger.frame for trigger in lexicon().verbs.get(verb.lower_, ())}
    return "leave" in frames or verb.lower_ in _DRAWING and particle(verb) in ("back", "away", "out", "off")


_DRAWING = frozenset(
    "draw draws drew drawn fall falls fell fallen run ran march marched drive drove move moved".split()
)
"""Verbs that with "back" or "away" tell of a retreat."""


RULES: dict[str, Rule] = {"lose": lose, "fall": fall, "leave": leave, "forsake": forsake}
