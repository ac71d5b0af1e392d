"""Nouns: what one noun is (a name, a kind of place, counted, held by somebody) and the name it carries."""

from __future__ import annotations

from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.refs import PlaceRef
from geo.frames.slots import objects_of
from geo.mentions import Mention, Sort
from geo.trees import Token

KINDS = ("settlement", "quarter", "facility", "region", "area", "place", "position")


BESIDE = (
    "north of",
    "south of",
    "east of",
    "west of",
    "northwest of",
    "northeast of",
    "southwest of",
    "southeast of",
    "close to",
    "near",
)


_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}


def is_class(token: Token, *names: str) -> bool:
    return not token.classes.isdisjoint(names)


def is_name(token: Token, parsed: Parsed) -> bool:
    mention = parsed.mention(token)
    return mention is not None and mention.sort in PLACE_SORTS


def plain(token: Token, parsed: Parsed) -> bool:
    """An adjective that is no part of a facility's name: "the strategic base", "rebel-held"."""
    if token.lower_ in _OF_ITS_NAME:
        return False
    return parsed.holder(token) is not None or token.tag_ in ("JJ", "JJS", "JJR", "VBN", "VBG") and token.text.islower()


_OF_ITS_NAME = frozenset(
    "presidential international hydroelectric thermal nuclear industrial republican naval agricultural "
    "petrochemical".split()
)
"""Adjectives that are part of what a facility is called: "the presidential palace"."""


def holder(token: Token, parsed: Parsed) -> str | None:
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod"):
            holder = parsed.holder(child)
            if holder:
                return holder
    return None


def is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") and token.lower_ not in ("barracks", "headquarters", "works")


def counted(token: Token) -> bool:
    return (
        count_of(token) is not None
        and token.tag_ == "NNS"
        and not any(c.lower_ in ("the", "all", "both") for c in token.lefts)
    )


def count_of(token: Token) -> int | None:
    for child in token.lefts:
        if child.dep_ == "nummod" or child.tag_ == "CD":
            digits = child.text.replace(",", "")
            return int(digits) if digits.isdigit() and len(digits) < 7 else _NUMBERS.get(child.lower_)
    return None


def named(token: Token, mention: Mention, parsed: Parsed) -> PlaceRef:
    """A named place with the direction word before it and the kind words beside it."""
    first = token
    kinds: list[str] = []
    for child in token.lefts:
        if child.dep_ in ("amod", "compound", "nmod"):
            if is_class(child, "direction_adj") or child.text.istitle() and is_class(child, "direction"):
                first = min(first, child, key=lambda t: t.i)
            elif is_class(child, *KINDS):
                kinds.append(child.lower_)
    if first.i + 1 != token.i and first is not token:
        between = parsed.doc[first.i + 1 : token.i]
        if not all(
            is_class(t, "direction_adj", "settlement", "region") or t.lower_ in ("and", ",", "parts", "of")
            for t in between
        ):
            first = token
    a, b, text = parsed.words(first, token)
    partial = first is not token and mention.sort is Sort.PLACE
    return PlaceRef(
        a,
        b,
        text,
        tuple(kinds),
        parents(token, parsed),
        (),
        partial,
        None,
        holder(token, parsed),
        certain=mention.sort is Sort.PLACE,
        sort=mention.sort,
    )


def parents(token: Token, parsed: Parsed) -> tuple[str, ...]:
    """Names of the places this one is said to lie in or near, nearest first."""
    out: list[str] = []
    for inner in objects_of(token, "in", "near", "of", *BESIDE):
        for t in [inner, *(c for c in inner.children if c.dep_ == "compound")]:
            mention = parsed.mention(t)
            if mention is not None and mention.sort in PLACE_SORTS:
                out.append(mention.text)
        out += parents(inner, parsed) if inner.i > token.i else ()
    return tuple(dict.fromkeys(out))
