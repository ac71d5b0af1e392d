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


_STATES = frozenset({"country", "nation", "state"})
"""With a superlative: "Africa's largest country"; not "its oil country"."""
_FOUGHT_FOR = frozenset({"take", "clear", "expel"})
"""What an armed body takes lies where it fights, whatever town abroad bears the name."""


def not_a_place(
    ref: PlaceRef, frame: Frame, parsed: Parsed, discourse: Discourse, gazetteer: Gazetteer, actors: ActorRegistry
) -> tuple[Reason, str] | None:
    """The reason why a name cannot be the place of a frame, or None."""
    text = ref.text or ""
    words = [w.lower() for w in re.findall(r"[^\W_]+", text)]
    if not words or text in _BARE:
        return Reason.NOT_A_PLACE, "not a place name"
    ground = _no_ground(text, words, ref, frame, gazetteer)
    if ground is not None or ref.sort is Sort.PLACE or ref.certain or ref.anchored:
        return ground
    told = {trigger.frame for trigger in lexicon().verbs.get(frame.trigger.lower_, ())}
    fought = not told.isdisjoint(_FOUGHT_FOR) and _fought(frame)
    if frame.kind in CHANGES and not (frame.strong or fought) and discourse.at_peace(text, ref.start):
        return Reason.NOT_CONTROL, "abroad, in a country at peace"
    return _no_place_name(text, words, ref, parsed, gazetteer, actors) or _unknown(ref, frame, gazetteer)


def _no_ground(
    text: str, words: list[str], ref: PlaceRef, frame: Frame, gazetteer: Gazetteer
) -> tuple[Reason, str] | None:
    """Why what a name means cannot change hands: a whole country, a sea."""
    if frame.kind not in CHANGES:
        return None
    if _is_country(text, gazetteer) or words[-1] in _STATES and any(w.endswith("est") for w in words):
        return Reason.TOO_WIDE, "a whole country"
    if lexicon().is_class(words[-1], "waters") and ref.sort is not Sort.PLACE:
        return Reason.NOT_A_PLACE, "a sea or a river"
    return None


def _no_place_name(
    text: str, words: list[str], ref: PlaceRef, parsed: Parsed, gazetteer: Gazetteer, actors: ActorRegistry
) -> tuple[Reason, str] | None:
    """Why a name that nothing shows to be a place's is another's: a person, a vehicle, an organisation, a side."""
    lex = lexicon()
    before = parsed.masked.original[: max(0, ref.start - parsed.start)].rstrip()[-30:].split()
    if before and lex.is_class(before[-1].strip(".,").lower(), "title"):
        return Reason.NOT_A_PLACE, "a person with a title"
    if lex.is_class(words[-1], "materiel") or before and lex.is_class(before[-1].lower(), "vessel"):
        return Reason.NOT_A_PLACE, "a vehicle, a weapon or a ship"
    if any(w.isupper() and len(w) > 3 for w in text.split()) and not text.isupper():
        return Reason.NOT_A_PLACE, "the end of a heading in capitals"
    if any(lex.is_class(w, "organisation") for w in words) or lex.is_class(words[-1], "armed"):
        return Reason.NOT_A_PLACE, "an organisation"
    whole = text.partition(" ")[2] if lex.is_class(words[0], "direction", "direction_adj") else text
    capital = ref.sort is Sort.STATE and _known(whole, gazetteer)
    side = not capital and actors.match(text, None, None) is not None
    if side and not any(lex.is_class(w, "facility") for w in words):
        return Reason.NOT_A_PLACE, "a side, not a place"
    after = parsed.masked.original[max(0, ref.end - parsed.start) :]
    return (Reason.NOT_A_PLACE, "a person") if _PERSON_AFTER.match(after) else None


def _unknown(ref: PlaceRef, frame: Frame, gazetteer: Gazetteer) -> tuple[Reason, str] | None:
    """Why a name that no gazetteer has is not taken for a place's: nothing in the sentence makes it one."""
    if frame.shape != "verb" or evidence(ref, gazetteer):
        return None
    if not frame.strong and not _fought(frame):
        return Reason.PLACE_UNKNOWN, "an unknown name, and the verb alone does not make it a place"
    if frame.taker is None and frame.loser is None and frame.kind in CHANGES:
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
