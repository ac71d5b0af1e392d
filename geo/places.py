"""Vetoes: names in a place slot that are no place one can take.

People with titles, agencies and parties, armed bodies, whole countries, demonyms: each named with
its reason, so that the report can list what was left out.
"""

from __future__ import annotations

import re

from geo.actors import ActorRegistry
from geo.claims import CHANGES, Reason
from geo.discourse import Discourse
from geo.frames.parsed import Parsed
from geo.frames.refs import PlaceRef
from geo.frames.rules import Frame
from geo.gazetteer import Gazetteer, Match
from geo.lexicon import lexicon
from geo.mentions import Sort
from geo.names import fold

_PERSON_AFTER = re.compile(
    r"['’]s (?:son|daughter|wife|brother|deputy|body|father)|,? (?:who|aged|\d{2},)|\s+\(\d{2}\)"
)
_BARE = frozenset(
    {"Allah", "God", "Christmas", "Ramadan", "English", "Arabic", "Twitter", "Facebook", "Telegram", "Internet"}
)


def not_a_place(
    ref: PlaceRef, frame: Frame, parsed: Parsed, discourse: Discourse, gazetteer: Gazetteer, actors: ActorRegistry
) -> tuple[Reason, str] | None:
    """The reason why a name cannot be the place of a frame, or None."""
    text = ref.text or ""
    known = ref.sort is Sort.PLACE or ref.certain
    words = [w.lower() for w in re.findall(r"[^\W_]+", text)]
    lex = lexicon()
    if not words or text in _BARE:
        return Reason.NOT_A_PLACE, "not a place name"
    if _is_country(text, gazetteer) and frame.kind in CHANGES:
        return Reason.TOO_WIDE, "a whole country"
    if frame.kind in CHANGES and lex.is_class(words[-1], "waters") and ref.sort is not Sort.PLACE:
        return Reason.NOT_A_PLACE, "a sea or a river"
    if known or ref.anchored:
        return None
    if frame.kind in CHANGES and not frame.strong and discourse.at_peace(text, ref.start):
        return Reason.NOT_CONTROL, "abroad, in a country at peace"
    before = parsed.masked.original[: max(0, ref.start - parsed.start)].rstrip()[-30:].split()
    if before and lex.is_class(before[-1].strip(".,").lower(), "title"):
        return Reason.NOT_A_PLACE, "a person with a title"
    if lex.is_class(words[-1], "materiel") or before and lex.is_class(before[-1].lower(), "vessel"):
        return Reason.NOT_A_PLACE, "a vehicle, a weapon or a ship"
    if any(w.isupper() and len(w) > 3 for w in text.split()) and not text.isupper():
        return Reason.NOT_A_PLACE, "the end of a heading in capitals"
    if any(lex.is_class(w, "organisation") for w in words) or lex.is_class(words[-1], "armed"):
        return Reason.NOT_A_PLACE, "an organisation"
    capital = ref.sort is Sort.STATE and _known(text, gazetteer)
    side = not capital and actors.match(text, None, None) is not None
    if side and not any(lex.is_class(w, "facility") for w in words):
        return Reason.NOT_A_PLACE, "a side, not a place"
    after = parsed.masked.original[max(0, ref.end - parsed.start) :]
    if _PERSON_AFTER.match(after):
        return Reason.NOT_A_PLACE, "a person"
    if not frame.strong and frame.shape == "verb" and not (_fought(frame) or evidence(ref, gazetteer)):
        return Reason.PLACE_UNKNOWN, "an unknown name, and the verb alone does not make it a place"
    unsaid = frame.taker is None and frame.loser is None
    if unsaid and frame.shape == "verb" and frame.kind in CHANGES and not evidence(ref, gazetteer):
        return Reason.PLACE_UNKNOWN, "an unknown name, and nobody is said to have taken or lost it"
    return None


def _fought(frame: Frame) -> bool:
    """Whether an armed side stands in the frame: what it takes, or loses, is a place."""
    lex = lexicon()
    for side in (frame.taker, frame.loser):
        if side is not None and (side.armed or lex.is_class(side.text.split()[-1].lower(), "armed")):
            return True
    return False


def _is_country(text: str, gazetteer: Gazetteer) -> bool:
    return any(c.place.kind == "country" and c.score >= 0.99 for c in gazetteer.lookup(text)[:2])


def evidence(ref: PlaceRef, gazetteer: Gazetteer) -> bool:
    """A kind word beside it, a place around it, a list with places, or a name some gazetteer knows."""
    if ref.certain or ref.kind_words or ref.parents or ref.beside or ref.holder:
        return True
    return _known(ref.text or "", gazetteer)


def _known(text: str, gazetteer: Gazetteer) -> bool:
    """Whether some gazetteer has the name so spelt, a reference layer included."""
    if fold(text) in gazetteer.scan_names():
        return True
    return any(c.match in (Match.EXACT, Match.FOLDED) for c in gazetteer.lookup(text)[:1])
