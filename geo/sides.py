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
from geo.discourse import Discourse
from geo.frames.parsed import Parsed
from geo.frames.phrases import SideRef, side_ref
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

    def read(self, ref: SideRef | None, frame: Frame, parsed: Parsed, on: date | None) -> Side:
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

    def opponent(self, taker: Actor | None, parsed: Parsed, at: int, on: date | None) -> Side:
        """The side that lost where the sentence does not say: fought in the sentence, else most named."""
        day, country = on or self._published, self._discourse.country(at)
        if taker is None:
            return NOBODY
        here = self._rivals(
            taker, [s.text for s in self._discourse.sides() if parsed.start <= s.start < parsed.end], day, country
        )
        if len(here) == 1:
            actor = next(iter(here))
            return Side(actor, None, f"inferred: the other side in the sentence is {actor.name}")
        everywhere = self._rivals(taker, [s.text for s in self._discourse.sides()], day, country)
        if everywhere:
            actor, n = sorted(everywhere.items(), key=lambda item: (-item[1], item[0].id))[0]
            rest = sum(everywhere.values()) - n
            if n > rest:
                return Side(actor, None, f"inferred: the other side most named in the article ({n} times)")
        government = self._actors.government(country, day) if country else None
        if government is not None and government.id != taker.id and government.bloc != taker.bloc and not everywhere:
            return Side(government, None, f"inferred: {government.name} is the state in {country}")
        return NOBODY

    def _rivals(self, taker: Actor, texts: list[str], day: date | None, country: str | None) -> Counter[Actor]:
        out: Counter[Actor] = Counter()
        for text in texts:
            found = self._actors.match(text, day, country)
            if found is None or found.actor.id == taker.id or found.actor.bloc == taker.bloc:
                continue
            if country and found.actor.countries and country not in found.actor.countries:
                continue
            if taker.parent == found.actor.id or found.actor.parent == taker.id:
                continue
            out[found.actor] += 1
        return out


__all__ = ["NOBODY", "Side", "Sides", "Sort"]
