"""Opening: a sentence that begins with where it is places the unnamed sets of the clause behind it.

"In Hama province, rebels captured five villages": five of Hama's.
"""

from __future__ import annotations

from dataclasses import replace

from geo.frames.lists import place_refs
from geo.frames.parsed import Parsed
from geo.frames.refs import PlaceRef
from geo.frames.slots import is_time
from geo.lexicon import lexicon
from geo.trees import Token

_WHERE = frozenset({"in", "across", "around", "near", "throughout", "inside", "within"})
_ALL_OF = frozenset({"every", "each"})


def placed(trigger: Token, places: list[PlaceRef], parsed: Parsed) -> list[PlaceRef]:
    """The places, with sets that no words of their own locate put where the sentence's opening says."""
    loose = [ref for ref in places if ref.text is None and (_is_set(ref, parsed) or _is_facility(ref))]
    around = opening(trigger, parsed) if loose else None
    if around is None:
        return places
    return [_put(ref, around, parsed) if ref in loose else ref for ref in places]


def _put(ref: PlaceRef, around: PlaceRef, parsed: Parsed) -> PlaceRef:
    if _is_set(ref, parsed):
        return replace(around, count=ref.count or 0, holder=ref.holder, anchored=True)
    text = parsed.masked.original[ref.start - parsed.start : ref.end - parsed.start]
    parents = (around.text or "", *around.parents)
    return replace(ref, text=text, parents=parents, count=None, anchored=True, unnamed="")


def _is_facility(ref: PlaceRef) -> bool:
    """ "a barracks", "an army post": one facility that the sentence introduces without a name."""
    return bool(ref.unnamed) and bool(ref.kind_words) and lexicon().is_class(ref.kind_words[0], "facility")


def _is_set(ref: PlaceRef, parsed: Parsed) -> bool:
    """ "five villages", "most bases", "nearly every camp": several places, and none of them named."""
    if ref.count is None or not ref.kind_words:
        return False
    noun = parsed.token_at(ref.end - 1)
    every = noun is not None and any(c.lower_ in _ALL_OF for c in noun.lefts)
    return ref.plural or ref.count > 1 or every


def opening(trigger: Token, parsed: Parsed) -> PlaceRef | None:
    """The place a sentence opens with, where nobody's saying stands between it and the word that reports."""
    prep = next((t for t in parsed.tokens[:4] if t.lower_ in _WHERE), None)
    if prep is None or prep.i > 0 and not all(_of_time(t) for t in parsed.tokens[: prep.i]):
        return None
    if any(lexicon().governors.get(t.lower_) == "say" for t in parsed.tokens[prep.i : trigger.i]):
        return None
    heads = [c for c in prep.children if c.dep_ == "pobj" and c.i < trigger.i]
    refs = [ref for head in heads for ref in place_refs(head, parsed) if ref.text]
    return refs[0] if len(refs) == 1 else None


def _of_time(token: Token) -> bool:
    return is_time(token) or token.lower_ in ("on", "in", "also", "early", "late", ",")
