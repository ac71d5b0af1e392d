"""Noun phrases as places.

A place phrase is a name, a kind word with a name ("the port of Sirte"), a set with a location ("more
than 50 villages in eastern Idlib") with its named members, a part of a place ("a third of Palmyra"),
or a definite description or pronoun that an earlier place answers to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import filterfalse

from geo.frames.described import (
    directed,
    introduced,
    is_superlative,
    is_unit,
    is_word,
    kinded,
    leftmost,
    listed_on,
    of_its_land,
    owned,
    part_of,
    place_slot,
    pointing,
    set_or_facility,
)
from geo.frames.nouns import BESIDE, KINDS, count_of, counted, holder, is_class, is_name, is_plural, named
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.refs import PlaceRef
from geo.frames.seats import seats_of_units
from geo.frames.slots import conjuncts, objects_of
from geo.lexicon import lexicon
from geo.mentions import Mention, Sort
from geo.trees import Token

_WHOLE = frozenset({"all", "whole", "entirety", "totality"})
_PRONOUNS = frozenset({"it", "them", "there", "they"})


def one(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    if depth > 4:
        return []
    mention = parsed.mention(token)
    if mention is not None:
        return _mentioned(token, mention, parsed)
    compound = [c for c in token.lefts if c.dep_ == "compound" and is_name(c, parsed)]
    if compound and is_class(token, "part"):
        return _compound(token, compound[0], parsed, False)
    if compound and is_class(token, "direction") and token.i == compound[0].i + 1:  # "captured X east of Y"
        around = tuple(r.text or "" for t in objects_of(token, "of") for r in one(t, parsed, depth + 1))
        return [replace(r, parents=(*r.parents, *around)) for r in one(compound[0], parsed, depth + 1)]
    if token.lower_ in _WHOLE and (whole := _located(token, parsed, depth)):
        return whole
    own = _side_of(token, parsed) or _of_units(token, parsed)
    if own:
        return own
    if is_class(token, "part", "count", "ground") or token.lower_ in ("%", "percent", "cent") or token.tag_ == "CD":
        shared = _share(token, parsed, depth)
        if shared is not None:
            return shared
    if is_class(token, *KINDS):
        return _kind_phrase(token, parsed, depth)
    pronoun = _pronoun(token, parsed)
    if pronoun is not None:
        return [pronoun]
    if (
        (token.tag_ in ("NNP", "NNPS") or token.tag_ == "RB" and token.i == 0 and token.dep_ in ("nsubj", "nsubjpass"))
        and token.text[0].isupper()
        and not is_class(token, "armed", "organisation", "calendar", "adjective")
    ):
        a, b, text = parsed.words(token, token)
        return [PlaceRef(a, b, text, sort=Sort.NAME, holder=holder(token, parsed))]
    return []


def _side_of(token: Token, parsed: Parsed) -> list[PlaceRef]:
    """ "the north of X": a part of X, as an area."""
    if not is_class(token, "direction") or not any(c.lower_ == "the" for c in token.lefts):
        return []
    inner = _each(objects_of(token, "of"), parsed, 3)
    above = token.head.head if token.dep_ == "pobj" else token
    if len(inner) != 1 or inner[0].sort is Sort.STATE and is_class(above, "part", "count", "ground", "area"):
        return []  # "much of the north of Syria" is half a country
    a = parsed.at(token)[0]
    text = parsed.masked.original[a - parsed.start : inner[0].end - parsed.start]
    parents = (inner[0].text or "", *inner[0].parents)
    return [replace(inner[0], start=a, text=text, parents=parents, partial=True, anchored=True)]


def _of_units(token: Token, parsed: Parsed) -> list[PlaceRef]:
    """The seats of units that a noun tells of, lying where the words behind it say."""
    seats = seats_of_units(token, parsed)
    near = behind(token, parsed) if seats else None
    return [replace(ref, parents=(near.text or "", *near.parents)) for ref in seats] if near is not None else seats


def _share(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef] | None:
    """ "a third of X", "every corner of X", "dozens of villages in X"; None where nothing says of what."""
    inner = _located(token, parsed, depth)
    if not inner:
        return [] if is_class(token, "count") or token.tag_ == "CD" else None
    side = directed(token, inner, parsed)
    if side is not None:
        return [side]
    every = any(c.lower_ in ("every", "each", "all") for c in token.lefts)
    part = not is_class(token, "count") and token.tag_ != "CD" and not every
    return [replace(r, partial=r.partial or part) for r in inner]


def _pronoun(token: Token, parsed: Parsed) -> PlaceRef | None:
    """ "it", "them", "both", "the former", "the latter": a place that was named before."""
    a, b = parsed.at(token)
    if token.lower_ in ("former", "latter") and any(c.lower_ == "the" for c in token.lefts):
        return PlaceRef(a, b, None, (token.lower_,))
    if token.lower_ == "both" and token.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj"):
        return PlaceRef(a, b, None, plural=True)
    if token.lower_ in _PRONOUNS and token.tag_ in ("PRP", "EX", "RB"):
        return PlaceRef(a, b, None, plural=token.lower_ in ("them", "they"))
    return None


def _mentioned(token: Token, mention: Mention, parsed: Parsed) -> list[PlaceRef]:
    """The place a mention may be in this slot: a name, or a unit's number that stands for its base."""
    if mention.sort is Sort.NAME and all(is_word(w) for w in mention.text.lower().split()):
        return []
    if mention.sort in PLACE_SORTS or (mention.sort is Sort.BODY and place_slot(token)):
        return [named(token, mention, parsed)]
    return [replace(named(token, mention, parsed), certain=True)] if is_unit(token, parsed) else []


_DEFINITE = frozenset({"the", "this", "that", "its", "these", "those", "their", "both"})


def _kind_phrase(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    """A phrase headed by a kind of place: named by what stands before, behind or beside it, or by nothing."""
    plural = is_plural(token)
    before = [c for c in token.lefts if c.dep_ in ("compound", "nmod", "poss", "amod")]
    held = holder(token, parsed)
    own = [c for c in before if is_name(c, parsed)]
    proper = [c for c in before if c.tag_ == "NNP" and parsed.mention(c) is None and c.text[0].isupper()]
    if not own and (proper and token.tag_ == "NNP" or any(is_unit(c, parsed) for c in before)):
        first = min(proper or before, key=lambda t: t.i)
        a, b, text = parsed.words(first, token)
        return [PlaceRef(a, b, text, (token.lower_,), holder=held, certain=True, sort=Sort.NAME)]
    apposed = [c for c in token.children if c.dep_ == "appos" and is_name(c, parsed)]
    if apposed and own and all(c.dep_ == "poss" for c in own):
        return [kinded(r, token) for c in apposed for t in conjuncts(c) for r in one(t, parsed, depth + 1)]
    if own:
        where = [m.text for c in own if c.dep_ == "poss" and (m := parsed.mention(c)) is not None]
        names = [c for c in own if c.dep_ != "poss"]  # "Sambisa's Ukuba camp" is one camp
        refs = [r for c in names or own for r in _compound(token, c, parsed, plural)]
        around = tuple(where) if names else ()
        return [replace(r, parents=(*r.parents, *around), holder=r.holder or held) for r in refs]
    owner = [r for c in before if c.dep_ == "poss" and is_class(c, *KINDS) for r in one(c, parsed, depth + 1) if r.text]
    if owner and is_class(token, "facility", "position", "part", "area"):
        return [owned(token, owner[0], parsed)]
    if token.lower_ == "city" and any(c.lower_ in _RANKS for c in token.lefts):  # "the second city of Darfur"
        return [pointing(token, parsed, True, plural, None, held)]
    inside = _inside(token, parsed, depth)
    if inside:
        refs = _of_names(token, inside, parsed, plural)
        if refs:
            return [replace(r, holder=held) if held and not r.holder else r for r in refs]
    ends = _each(objects_of(token, "between"), parsed, depth) if is_class(token, "area", "region") else []
    if len(ends) > 1:  # "the area between X and Y"
        a, last = parsed.at(token)[0], ends[-1].end
        text = parsed.masked.original[a - parsed.start : last - parsed.start]
        both = tuple(r.text or "" for r in ends)
        return [PlaceRef(a, last, text, (token.lower_,), both, anchored=True, certain=True)]
    members = [kinded(r, token) for r in _each(objects_of(token, "including"), parsed, depth)]
    if apposed:
        return [*(kinded(r, token) for c in apposed for r in one(c, parsed, depth + 1)), *members]
    near = behind(token, parsed) if depth == 0 else None
    apart = near is not None and (" of " in (near.text or "") or members and counted(token))
    located = [near] if near is not None and apart else _located(token, parsed, depth)
    beside = _named_beside(located[0], parsed) if located and not plural else []
    if beside:
        return [kinded(r, token) for r in beside]
    definite = any(c.lower_ in _DEFINITE for c in token.lefts) and not (located and is_superlative(token))
    count = count_of(token)
    if located and (plural or count or not definite or is_class(token, "facility", "position")):
        more = located[1:] if plural and not is_class(token, "facility") else []  # "nine districts of X and Y"
        sets = [set_or_facility(token, at, parsed, plural, 0, held) for at in more if at.text]
        ref = set_or_facility(token, located[0], parsed, plural, count, held)
        new = introduced(token, plural, definite) or (token.lower_ if located[0].unnamed and not plural else "")
        return [replace(ref, unnamed=new), *sets, *members]
    return members or [pointing(token, parsed, definite, plural, count, held)]


_RANKS = frozenset("second third fourth fifth largest biggest second-largest third-largest".split())


_BETWEEN = re.compile(r", (?:the (?:(?:[a-z]+ )?(?:city|town|village|settlement|port) of )?)?")


def _named_beside(located: PlaceRef, parsed: Parsed) -> list[PlaceRef]:
    """ "the next city in eastern X, NAME, ...": the name in apposition, though the tree hung it on X."""
    for token, mention in parsed.names():
        start = parsed.start + mention.start
        if start < located.end or mention.sort not in PLACE_SORTS:
            continue
        gap = parsed.masked.original[located.end - parsed.start : mention.start]
        rest = parsed.masked.original[mention.end : mention.end + 2]
        wide = located.sort is Sort.STATE or any(lexicon().is_class(k, "region") for k in located.kind_words)
        if (
            wide
            and _BETWEEN.fullmatch(gap)
            and (not rest.strip() or rest[0] in ",.;")
            and not listed_on(mention, parsed)
        ):
            return one(token, parsed, 1)
        return []
    return []


def _each(heads: Iterable[Token], parsed: Parsed, depth: int) -> list[PlaceRef]:
    """The named places of each head and all that is coordinated with it."""
    members = (t for inner in heads for t in filterfalse(of_its_land, conjuncts(inner)))
    return [r for t in members for r in one(t, parsed, depth + 1) if r.text]


def _inside(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    """The names behind a kind word's "of"; of the capital or the centre they are the whole, not the name."""
    described = token.lower_ == "hub" and any(c.dep_ in ("compound", "amod") for c in token.lefts)  # "the oil hub of X"
    whole = token.lower_ in ("capital", "hub", "centre") and not described
    return [] if whole else _each(objects_of(token, "of"), parsed, depth)


def _of_names(token: Token, names: list[PlaceRef], parsed: Parsed, plural: bool) -> list[PlaceRef]:
    """ "the town of X", "the old quarters of X", "the port of X"; nothing where X only locates a set."""
    if counted(token):
        return []
    described = any(c.dep_ == "compound" for c in token.lefts)
    if is_class(token, "quarter") and (plural or described) and len(names) == 1:
        if any(c.lower_ in _LAST for c in token.lefts):  # "the last two quarters of X": with them all of X
            return [kinded(names[0], token)]
        return [part_of(token, names[0], parsed)]
    if is_class(token, "settlement", "quarter", "region", "place"):
        return [kinded(r, token) for r in names]
    if is_class(token, "facility") and plural and len(names) > 1:  # "the fields of X and Y"
        return [kinded(r, token) for r in names]
    if is_class(token, "facility", "area", "position") and not plural:
        a = parsed.at(leftmost(token, parsed))[0]
        text = parsed.masked.original[a - parsed.start : names[-1].end - parsed.start]
        parents = tuple(r.text or "" for r in names)
        partial = is_class(token, "area")
        return [PlaceRef(a, names[-1].end, text, (token.lower_,), parents, partial=partial, anchored=True)]
    return []


_LAST = frozenset({"last", "final", "remaining"})


def _compound(token: Token, name: Token, parsed: Parsed, plural: bool) -> list[PlaceRef]:
    """ "Homs province", "the Hasil and Aran regions", "Goma's border post", "the Shaar oilfield"."""
    mention = parsed.mention(name)
    if mention is None:
        return []
    heads = [t for t in conjuncts(name) if is_name(t, parsed) and t.i < token.i]
    kind = token.lower_
    whose = token.lower_ in ("region", "port") and name.dep_ != "poss"
    if whose and (
        of := _each(objects_of(token, "of"), parsed, 3)
    ):  # "the Serb region of Krajina", "the Black Sea port of X"
        return [kinded(ref, token) for ref in of]
    if token.lower_ == "capital" and name.dep_ != "poss" and token.dep_ != "appos":  # "the Chechen capital"
        return _each(objects_of(token, "of"), parsed, 3) or [pointing(token, parsed, True, plural, None, None)]
    described = name.dep_ == "poss" and mention.sort is Sort.STATE and is_class(token, "settlement")
    if described and token.dep_ not in ("appos", "conj"):
        return _each(objects_of(token, "of"), parsed, 3) or [pointing(token, parsed, True, plural, None, None)]
    if described:
        return []
    if is_class(token, "settlement", "quarter") and name.dep_ != "poss":
        of = [r for inner in objects_of(token, "of") for t in conjuncts(inner) for r in one(t, parsed, 3) if r.text]
        if of and (plural or name.i + 1 < token.i):
            return [
                replace(r, kind_words=(*r.kind_words, kind), parents=(*r.parents, mention.text), certain=True)
                for r in of
            ]
        return [kinded(named(h, m, parsed), token) for h in heads if (m := parsed.mention(h))]
    if len(heads) > 1 or plural and is_class(token, "region"):
        return [kinded(named(h, m, parsed), token) for h in heads if (m := parsed.mention(h))]
    named_ref = named(name, mention, parsed)
    first = parsed.token_at(named_ref.start) or name
    directions = [c for c in token.lefts if c.i < first.i and is_class(c, "direction_adj")]
    if directions:
        first = directions[0]
    a, b, text = parsed.words(first, token)
    partial = is_class(token, "part", "area") or first is not name and is_class(token, "region")
    count = count_of(token)
    return [
        PlaceRef(
            a,
            b,
            text,
            (kind,),
            (mention.text, *named_ref.parents),
            (),
            partial,
            count,
            holder(token, parsed) or named_ref.holder,
            anchored=True,
            certain=True,
            sort=mention.sort,
        )
    ]


def _located(token: Token, parsed: Parsed, depth: int) -> list[PlaceRef]:
    """The places that say where a set or a part lies."""
    for group in (
        ("of",),
        ("in", "inside", "within", "across", "throughout"),
        ("around", "near", "close to", "at", "along", "outside", "on"),
        BESIDE,
    ):
        refs: list[PlaceRef] = []
        for inner in objects_of(token, *group):
            for t in filterfalse(of_its_land, conjuncts(inner)):
                if is_class(t, "direction") or t.lower_ in ("countryside", "surroundings"):
                    own = [r for r in one(t, parsed, depth + 1) if r.text]
                    refs += own or _located(t, parsed, depth + 1)
                else:
                    refs += one(t, parsed, depth + 1)
        refs = [r for r in refs if r.text or group[0] == "of"]
        if refs:
            return refs
    for child in token.children:
        if child.dep_ in ("relcl", "acl") and not is_class(token, "facility"):
            for inner in objects_of(child, "in", "near", "around"):
                refs = one(inner, parsed, depth + 1)
                if refs:
                    return refs
    names = [c for c in token.lefts if c.dep_ in ("compound", "poss", "nmod") and is_name(c, parsed)]
    return [named(c, m, parsed) for c in names if (m := parsed.mention(c))]


_LOCATE = re.compile(
    r"(?: of (?:their|its|his|the(?! (?:north|south|east|west))) (?:[a-z-]+ ){0,2}?[a-z-]+)?"
    r"(?: with (?:the )?[A-Z][a-z]+)? ?(?:[a-z-]+ ){0,2}?"
    r"(?P<near>on the (?:road|highway|way) (?:to|from)|"
    r"on the (?:outskirts|edges?|fringes?|approaches)(?: (?:of|to) the (?:town|city|village))?|"
    r"known as|called|named|dubbed|in|near|close to|at|around|outside|inside|within|across|along|throughout|"
    r"overlook(?:ing|s|ed)?|above|controlling|guarding|dominating|"
    r"(?:just )?(?:to the )?(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of)"
    r"(?: the)?(?: [a-z-]+){0,3}? $"
)


def behind(token: Token, parsed: Parsed) -> PlaceRef | None:
    """The place that the words right behind a noun locate it by, wherever the tree hung them."""
    end = parsed.at(token)[1]
    for name, mention in parsed.names():
        start = parsed.start + mention.start
        if start < end or mention.sort not in PLACE_SORTS:
            continue
        found = _LOCATE.fullmatch(parsed.masked.original[end - parsed.start : mention.start])
        if found is None:
            if mention.sort is Sort.STATE:
                continue
            return None
        ref = named(name, mention, parsed)
        kind = name.head if name.dep_ in ("compound", "poss", "nmod") and is_class(name.head, *KINDS, "part") else None
        if kind is not None:
            inner = [r for r in _compound(kind, name, parsed, False) if r.text]
            ref = inner[0] if inner else ref
        if found.group("near") in ("known as", "called", "named", "dubbed"):
            return replace(ref, certain=True)
        if found.group("near").endswith(" of"):
            a = end + found.start("near")
            ref = replace(
                ref,
                start=a,
                text=parsed.masked.original[a - parsed.start : ref.end - parsed.start],
                parents=(mention.text, *ref.parents),
            )
        return ref
    return None
