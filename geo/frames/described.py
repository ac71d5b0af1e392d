"""Descriptions: what a phrase says of a place besides its name: a part of it, a set in it, a place pointed at.

Comes from the head noun of a place phrase and the places its words name (`phrases`); gives references.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geo.frames.nouns import KINDS, count_of, is_class, plain
from geo.frames.parsed import Parsed
from geo.frames.refs import PlaceRef
from geo.lexicon import lexicon
from geo.mentions import Mention
from geo.trees import Token

_UNIT = re.compile(r"\b(?:[Bb]attalion|[Rr]egiment|[Bb]rigade|[Dd]ivision|[Cc]amp|[Bb]ase) \d+$")
"""A unit's number stands for the base it holds: "captured Battalion 539"."""


def is_word(word: str) -> bool:
    """A kind of place or a part written with a capital, as in a headline: no name."""
    return lexicon().is_class(word, *KINDS, "part", "count", "ground")


def is_unit(token: Token, parsed: Parsed) -> bool:
    mention = parsed.mention(token)
    return mention is not None and _UNIT.search(mention.text) is not None


def directed(token: Token, inner: list[PlaceRef], parsed: Parsed) -> PlaceRef | None:
    """ "the eastern and southeastern parts of X", "the northern tip of X": the whole phrase, as an area."""
    directions = [t for c in token.lefts for t in (c, *c.children) if is_class(t, "direction_adj") and t.i < token.i]
    if not directions or len(inner) != 1 or inner[0].text is None:
        return None
    start = parsed.at(min(directions, key=lambda t: t.i))[0]
    text = parsed.masked.original[start - parsed.start : inner[0].end - parsed.start]
    return replace(
        inner[0], start=start, text=text, parents=(inner[0].text, *inner[0].parents), partial=True, anchored=True
    )


def place_slot(token: Token) -> bool:
    return any(c.dep_ in ("compound", "amod") and is_class(c, *KINDS) for c in token.children)


def introduced(token: Token, plural: bool, definite: bool) -> str:
    """The kind word of one place that a phrase introduces without its name: "a town in the north"."""
    named = any(c.dep_ in ("amod", "compound", "nmod") and c.text[:1].isupper() for c in token.lefts)
    return "" if named or plural or definite or (count_of(token) or 1) > 1 else token.lower_


_SUPERLATIVES = frozenset({"last", "only", "final", "remaining", "next", "second", "third", "first", "biggest"})


def is_superlative(token: Token) -> bool:
    """ "the last town in X": a place told of for the first time, whatever its article."""
    return any(c.lower_ in _SUPERLATIVES or c.tag_ == "JJS" for c in token.lefts)


def listed_on(mention: Mention, parsed: Parsed) -> bool:
    """Whether more names follow, so that the comma was a list's."""
    return re.match(r",? (?:and|as well as) |, [A-Z]", parsed.masked.original[mention.end :]) is not None


def kinded(ref: PlaceRef, token: Token) -> PlaceRef:
    return replace(ref, kind_words=(*ref.kind_words, token.lower_), certain=True)


def of_its_land(token: Token) -> bool:
    """ "the centre of X, a district of Y": an apposition that says where X lies, and goes on no list."""
    described = token.dep_ == "appos" and is_class(token, "region", "quarter")
    return described and token.nbor(-1).lower_ in ("a", "an")


def leftmost(token: Token, parsed: Parsed) -> Token:
    """The first word of a facility's own name: "military airport", not "the strategic airport"."""
    area = is_class(token, "area", "region")
    parts = (
        c
        for c in token.lefts
        if c.dep_ in ("compound", "amod") and (not plain(c, parsed) or area and is_class(c, "direction_adj"))
    )
    return min(parts, key=lambda t: t.i, default=token)


def pointing(
    token: Token, parsed: Parsed, definite: bool, plural: bool, count: int | None, held: str | None
) -> PlaceRef:
    """ "the town", "two villages": a phrase that names nothing and has to be answered, or counted.

    "The villages they still held" tells itself which ones, and answers to nothing said before.
    """
    a, b = parsed.at(token)
    compounds = [c for c in token.lefts if c.dep_ == "compound" or c.dep_ == "amod" and not plain(c, parsed)]
    facility = is_class(token, "facility")
    bare = token.tag_ == "NN" and not token.lefts and not any(c.dep_ == "prep" for c in token.rights)
    headline = (parsed.doc[-1].text not in '."”’' or telegraphic(parsed)) and not parsed.forms & {"the", "a", "an"}
    whose = any(c.dep_ == "poss" and parsed.mention(c) is None for c in token.lefts)  # "the town's airport"
    definite = definite or whose or bare and headline  # "Rebels take town"
    told = plural and is_class(token, "settlement") and any(c.dep_ in ("relcl", "acl") for c in token.rights)
    if definite and not told and not is_class(token, "position", "area"):
        if facility and compounds:
            a = parsed.at(compounds[0])[0]
        return PlaceRef(a, b, None, (token.lower_,), plural=plural, holder=held)
    new = introduced(token, plural, definite)
    if facility and compounds:
        first = min((c for c in token.lefts if c.dep_ in ("compound", "amod")), key=lambda t: t.i)
        a = parsed.at(first)[0]
        return PlaceRef(a, b, None, (token.lower_,), plural=plural, holder=held, count=count, unnamed=new)
    return PlaceRef(a, b, None, (token.lower_,), plural=plural, holder=held, count=count or 0, unnamed=new)


def telegraphic(parsed: Parsed) -> bool:
    """ "A takes airport, B keeps bridge.": a bulletin, all of whose verbs are in the present."""
    verbs = [t for t in parsed.tokens if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return bool(verbs) and all(t.tag_ in ("VBZ", "VBP") for t in verbs)


def part_of(token: Token, whole: PlaceRef, parsed: Parsed) -> PlaceRef:
    """ "the old quarters of Homs": a part of a place that has no name of its own."""
    first = min(
        (c for c in token.lefts if c.dep_ in ("amod", "compound") and parsed.holder(c) is None),
        key=lambda t: t.i,
        default=token,
    )
    a = parsed.at(first)[0]
    text = parsed.masked.original[a - parsed.start : whole.end - parsed.start]
    return PlaceRef(
        a,
        whole.end,
        text,
        (token.lower_,),
        ((whole.text or ""), *whole.parents),
        partial=True,
        anchored=True,
        certain=True,
    )


def owned(token: Token, whole: PlaceRef, parsed: Parsed) -> PlaceRef:
    """ "X airport's gates", "the X junction's outposts": what a named facility has, as a part of it."""
    end = parsed.at(token)[1]
    text = parsed.masked.original[whole.start - parsed.start : end - parsed.start]
    parents = (whole.text or "", *whole.parents)
    return replace(whole, end=end, text=text, kind_words=(token.lower_,), parents=parents, partial=True, anchored=True)


def set_or_facility(
    token: Token, at: PlaceRef, parsed: Parsed, plural: bool, count: int | None, held: str | None
) -> PlaceRef:
    """An unnamed set or facility, placed by the phrase that locates it."""
    if plural or is_class(token, "settlement", "area", "position", "region", "quarter"):
        return replace(
            at,
            kind_words=(*at.kind_words,),
            count=count or at.count or 0,
            anchored=True,
            holder=held or at.holder,
            partial=False,
        )
    a = parsed.at(leftmost(token, parsed))[0]
    text = parsed.masked.original[a - parsed.start : at.end - parsed.start]
    return PlaceRef(
        a, at.end, text, (token.lower_,), ((at.text,) if at.text else ()) + at.parents, holder=held, anchored=True
    )
