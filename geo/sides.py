"""Sides: from the words of a frame's taker and loser to actors of the registry, with the reason.

A named side is looked up; a pronoun takes the side it points back to; a side the sentence leaves out
is inferred only from what the article says (who holds the place, who is fought, the other side most
named) and says so. An unknown taker keeps its words: it is never replaced by a bystander.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from geo.actors import Actor, ActorRegistry
from geo.claims import Kind
from geo.discourse import Discourse
from geo.frames.parsed import Parsed
from geo.frames.parties import side_ref
from geo.frames.refs import SideRef
from geo.frames.rules import Frame
from geo.frames.slots import clause_verb, grammatical_subject, is_verb
from geo.lexicon import lexicon
from geo.mentions import Sort


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a claim. actor None: the words name nobody the registry knows."""

    actor: Actor | None
    text: str | None
    basis: str


NOBODY = Side(None, None, "")


class Sides:
    """Reads the sides of one article."""

    def __init__(self, discourse: Discourse, actors: ActorRegistry, published: date | None) -> None:
        self._discourse, self._actors, self._published = discourse, actors, published

    def read(self, ref: SideRef | None, frame: Frame, parsed: Parsed, on: date | None) -> Side:  # noqa: C901
        """The side that a phrase of the frame means."""
        if ref is None:
            return NOBODY
        country = self._discourse.country(ref.start)
        day = on or self._published
        if not ref.pronoun:
            return self._named(ref.text, day, country)
        if not re.match(r"(?:its|his|her|their|our|it|they|them|we|he|she|who|which|i|us|him)\b", ref.text.lower()):
            found = self._actors.match(ref.text, day, country)
            if found is not None:
                return Side(found.actor, ref.text, found.because)
        if re.match(r"(its|his|her|their|our)\b", ref.text.lower()) or ref.text.lower() in ("he", "we", "i", "us"):
            owner = self._sayer(frame, parsed)
            if owner is not None:
                found = self._actors.match(owner.text, day, country)
                if found is not None:
                    return Side(found.actor, ref.text, f"“{ref.text}”: {owner.text}, who speaks; {found.because}")
        speaker = self._sayer(frame, parsed)
        if speaker is not None and speaker.named and ref.text.lower() in ("they", "it", "its", "their"):
            found = self._actors.match(speaker.text, day, country)
            if found is not None:
                return Side(found.actor, ref.text, f"“{ref.text}”: {speaker.text}, who speaks; {found.because}")
        plain = (
            self._actors.match(ref.text, day, country)
            if ref.text.lower() not in ("it", "they", "we", "he", "them")
            else None
        )
        said = self._discourse.side_before(ref.start, group=ref.text.lower() not in ("they", "it", "them", "he"))
        if said is not None:
            found = self._actors.match(said.text, day, country)
            if found is not None:
                return Side(found.actor, ref.text, f"“{ref.text}” points back to {said.text}; {found.because}")
        if plain is not None:
            return Side(plain.actor, ref.text, plain.because)
        return Side(None, ref.text, f"“{ref.text}” points back to nobody the registry knows")

    def _named(self, text: str, day: date | None, country: str | None) -> Side:
        found = self._actors.match(text, day, country)
        if found is not None:
            return Side(found.actor, text, found.because)
        return Side(None, text, "named, not in the registry")

    def _sayer(self, frame: Frame, parsed: Parsed) -> SideRef | None:
        """The subject of the word of saying above a frame."""
        at = clause_verb(frame.trigger)
        for _ in range(6):
            if at.head.i == at.i:
                break
            parent = at.head
            if at.dep_ == "ccomp" and is_verb(parent) and lexicon().governors.get(parent.lower_) == "say":
                subject = grammatical_subject(parent)
                return side_ref(subject, parsed) if subject is not None else None
            at = parent
        return None

    def holder(self, text: str | None, at: int, on: date | None) -> Side:
        """The holder of "rebel-held"."""
        if not text:
            return NOBODY
        country = self._discourse.country(at)
        for words in (text, f"{text} forces"):
            found = self._actors.match(words, on or self._published, country)
            if found is not None:
                return Side(found.actor, text, f"said to hold it (“{text}-held”); {found.because}")
        return Side(None, text, "said to hold it, not in the registry")

    def opponent(self, known: Actor | None, parsed: Parsed, at: int, on: date | None) -> Side:
        """The other side where the sentence does not say: the only one in it, else the one most named.

        A guess from what the article itself says, marked as such; nothing where two could be meant.
        """
        if known is None:
            return NOBODY
        day, country = on or self._published, self._discourse.country(at)
        sides = self._discourse.sides()
        here = self._rivals(known, [s.text for s in sides if parsed.start <= s.start < parsed.end], day, country)
        if len(here) == 1:
            actor = next(iter(here))
            return Side(actor, None, f"inferred: the other side in the sentence is {actor.name}")
        everywhere = self._rivals(known, [s.text for s in sides], day, country)
        ranked = sorted(everywhere.items(), key=lambda item: (-item[1], item[0].id))
        if ranked and (len(ranked) == 1 or ranked[0][1] >= CLEAR * ranked[1][1]):
            actor = ranked[0][0]
            return Side(actor, None, f"inferred: the other side most named in the article is {actor.name}")
        government = self._actors.government(country, day) if country else None
        if government is not None and not ranked and self._are_rivals(known, government):
            return Side(government, None, f"inferred: {government.name} is the state in {country}")
        return NOBODY

    def both(self, kind: Kind, parsed: Parsed, at: int, on: date | None) -> tuple[Side, Side]:
        """(taker, loser) of a change told without sides: the state of the country loses a capture and
        takes a recapture, where the article names it and one clear other side."""
        day, country = on or self._published, self._discourse.country(at)
        state = self._actors.government(country, day) if country else None
        if state is None or not any(self._means(s.text, state, day, country) for s in self._discourse.sides()):
            return NOBODY, NOBODY
        other = self.opponent(state, parsed, at, on)
        if other.actor is None or other.actor.bloc == "government":
            return NOBODY, NOBODY
        own = Side(state, None, f"inferred: {state.name} is the state in {country} and named in the article")
        return (own, other) if kind is Kind.RECAPTURE else (other, own)

    def _means(self, text: str, actor: Actor, day: date | None, country: str | None) -> bool:
        found = self._actors.match(text, day, country)
        return found is not None and found.actor.id == actor.id

    def _rivals(self, known: Actor, texts: list[str], day: date | None, country: str | None) -> Counter[Actor]:
        """The sides named in the texts that stand against one, weighed: foreign helpers count for less."""
        out: Counter[Actor] = Counter()
        for text in texts:
            found = self._actors.match(text, day, country)
            if found is None or not self._are_rivals(known, found.actor):
                continue
            if country and found.actor.countries and country not in found.actor.countries:
                continue
            out[found.actor] += 1 if found.actor.bloc in ("foreign", "international") else 3
        return out

    def _are_rivals(self, a: Actor, b: Actor) -> bool:
        if a.id == b.id or a.id in self._actors.family(b.id) or b.id in self._actors.family(a.id):
            return False
        return a.bloc != b.bloc and not {a.bloc, b.bloc} <= _ALLIED


CLEAR = 1.5
"""How much more often than the next one the other side must be named to be taken as meant."""
_ALLIED = frozenset({"opposition", "islamist", "turkish-backed"})
"""Blocs that fought on one side in most of the wars told here; fighting each other, they are named."""


__all__ = ["NOBODY", "Side", "Sides", "Sort"]
