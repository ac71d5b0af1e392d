"""Opponents: the side a sentence leaves out, inferred from what the article says and from who fights whom.

Tried in this order: who is said to hold the ground in the sentence, the only enemy the sentence
names, who took the place earlier in the article, the only enemy the sentence before names, the enemy
most named, the only enemy there is in that country then. Every inference says that it is one; where
two could be meant there is none.
"""

from __future__ import annotations

import re
from collections import Counter

from geo.actors import Actor, ActorRegistry
from geo.bearing import is_elsewhere, is_fought, is_quoted, is_seat, joins, leaves, posts_of, presses, strikes, verdict
from geo.claims import Kind
from geo.discourse import Discourse, Said
from geo.frames.serial import SHAPE as SERIAL
from geo.kinds import families
from geo.names import fold
from geo.rivals import Rivals
from geo.sides import NOBODY, Scene, Side

CLEAR = 1.5
"""How much more often than the next one the other side must be named to be taken as meant."""
NEAR = 3.0
"""What a name in the same paragraph is worth beside one elsewhere in the article."""
OVER = 3
"""How much more than every main enemy a lesser one must be named for the fight to be with it."""
SERIES = 5
"""Sentences within which a series ("X followed") still goes on from a change."""
NEXT = 2
"""Sentences within which a change without sides goes on from the one before."""
_GOING_ON = frozenset({"take", "nominal_take", "clear", "fall", "serial"})
_FALLING = frozenset({"fall", "nominal_fall", "lose", "nominal_lose"})
"""Frame families that tell a loss: in a war of two sides the state is the one that had the ground to lose."""
_HAVE = re.compile(r"\)? (?:(?:has|have|had|also|then|later|now|finally|\w+ly) ){0,2}")
_ELSEWHERE = re.compile(
    r"(?:Elsewhere|Separately|On another front|In another (?:part|front|battle)|Further (?:north|south|east|west))\b"
)
_LOST = frozenset({"lost", "lose", "loses", "losing"})
""" "X lost the town": to whom it fights, where that is one."""
_LIBERATION = frozenset({"liberation", "liberating"})


class Opponents:
    """Infers the other side of a change. Remembers who took what in the article so far."""

    def __init__(self, discourse: Discourse, actors: ActorRegistry) -> None:
        self._discourse, self._actors, self._rivals = discourse, actors, Rivals(discourse, actors)
        self._takers: dict[str, Actor] = {}
        self._news: dict[str, Actor] = {}
        self._last: tuple[int, Actor] | None = None

    def remember(self, place: str, taker: Actor, at: int, *, news: bool) -> None:
        """A side is told to hold or to have taken a place. news: that it took it just now."""
        if news:
            self._news[fold(place)] = taker
            self._last = self._discourse.sentence_of(at), taker
        key = fold(place)
        self._takers.pop(key, None)
        self._takers[key] = taker

    def news_of(self, kind: Kind, place: str, at: int, scene: Scene) -> tuple[Side, Side]:
        """The sides of "the fall of X" where the article has told before who took X."""
        noun = scene.frame.shape == "noun"
        taker = self._news.get(fold(place)) if kind is Kind.CAPTURE and noun else None
        if taker is None:
            return NOBODY, NOBODY
        return Side(taker, None, f"inferred: {taker.name} is told to have taken it"), self.other(
            taker, place, at, scene
        )

    def taker_of(self, place: str) -> Actor | None:
        """Who was last told to hold or to have taken a place, or a part of it ("the north of X")."""
        key = fold(place)
        for told in reversed(self._takers):
            if told == key or told.endswith(f" {key}") or key.endswith(f" {told}"):
                return self._takers[told]
        return None

    def other(self, known: Actor, place: str, at: int, scene: Scene) -> Side:
        """The side that stands against a known one in a change of a place. at: article offset of the place."""
        return (
            self._holding(known, scene)
            or self._leaving(known, scene)
            or self._in_sentence(known, scene)
            or self._taken_before(known, place, scene)
            or self._in_sentence_before(known, scene)
            or self._most_named(known, at, scene)
            or self._only_enemy(known, scene)
            or self._state(known, scene)
            or NOBODY
        )

    def both(self, kind: Kind, place: str, at: int, scene: Scene) -> tuple[Side, Side]:
        """(taker, loser) of a change told without sides: whose setback or gain the sentence calls it; else the state
        of the country takes a recapture, and loses what falls in a war of two sides, where the article names it."""
        judged = (
            self._right_before(place, at, scene) or self._seat_of(place, at, scene) or self._judged(place, at, scene)
        )
        if judged is not None:
            return judged
        state = self._actors.government(scene.country, scene.day) if scene.country else None
        if state is None or not any(self._rivals.means(s, state, scene) for s in self._discourse.sides()):
            return NOBODY, NOBODY
        fell = not _FALLING.isdisjoint(families(scene.frame)) and self._only_enemy(state, scene) is not None
        if kind is not Kind.RECAPTURE and not fell:
            return NOBODY, NOBODY
        other = self.other(state, place, at, scene)
        if other.actor is None or other.actor.bloc == "government":
            return NOBODY, NOBODY
        fell = fell or scene.frame.trigger.lower_ in _LIBERATION and self._bombs(state, scene)
        own = Side(state, None, f"inferred: {state.name} is the state in {scene.country} and named in the article")
        return (own, other) if kind is Kind.RECAPTURE and not fell else (other, own)

    def _bombs(self, state: Actor, scene: Scene) -> bool:
        """Whether a sentence on a liberation has the state bomb and shell: then it was freed from the state."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        here = [s for s in self._discourse.sides() if start <= s.start < scene.parsed.end]
        return any(strikes(text, s.start - start, s.end - start) for s in here if self._rivals.means(s, state, scene))

    def as_before(self, place: str, at: int, scene: Scene) -> tuple[Side, Side]:
        """The sides of a change told without any, right after another: the same side goes on taking."""
        reach = SERIES if scene.frame.shape == SERIAL else NEXT
        if self._last is None or self._discourse.sentence_of(at) - self._last[0] > reach:
            return NOBODY, NOBODY
        taker = self._last[1]
        if families(scene.frame).isdisjoint(_GOING_ON) or self.taker_of(place) is not None:
            return NOBODY, NOBODY
        own = Side(taker, None, f"inferred: {taker.name} took what is told before")
        return own, self.other(taker, place, at, scene)

    def _right_before(self, place: str, at: int, scene: Scene) -> tuple[Side, Side] | None:
        """ "in the north, fighters of X (Y) overran": the side that ends where an active verb begins is its subject."""
        verb, text = scene.frame.trigger, self._discourse
        if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
            return None
        start = scene.parsed.at(verb)[0]
        before = [s for s in self._discourse.sides() if scene.parsed.start <= s.start and s.end <= start]
        if before and any(p.start < before[-1].end and before[-1].start < p.end for p in scene.frame.places):
            return None  # "Damascus fell": the capital, and not its state
        if not before or _HAVE.fullmatch(text.between(before[-1].end, start)) is None:
            return None
        found = self._actors.match(before[-1].text, scene.day, scene.country)
        if found is None:
            return None
        own = Side(found.actor, before[-1].text, f"named right before the verb; {found.because}")
        return own, self.other(found.actor, place, at, scene)

    def _seat_of(self, place: str, at: int, scene: Scene) -> tuple[Side, Side] | None:
        """ "the fall of X, capital of A", "X, until then an A town": whose it was is told beside the name."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        span = at - start, at - start + len(place)
        for said in self._discourse.sides():
            if not start <= said.start < scene.parsed.end or not is_seat(
                text, span, said.start - start, said.end - start
            ):
                continue
            found = self._actors.match(said.text, scene.day, scene.country)
            if found is None:
                continue
            own = Side(found.actor, said.text, f"inferred: {place} is told to be {said.text}’s; {found.because}")
            return self.other(found.actor, place, at, scene), own
        return None

    def _judged(self, place: str, at: int, scene: Scene) -> tuple[Side, Side] | None:
        """ "a setback for X", "a victory for X", "the X assault": which side a sentence says won or lost."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        for said in self._discourse.sides():
            if not start <= said.start < scene.parsed.end:
                continue
            found = self._actors.match(said.text, scene.day, scene.country)
            if found is None:
                continue
            helped = scene.frame.shape == "noun" and said.start > scene.parsed.at(scene.frame.trigger)[1]
            judged = verdict(text, said.start - start, said.end - start, helped=helped)
            if judged is None:
                continue
            own = Side(found.actor, said.text, f"inferred from “{judged[0]}”; {found.because}")
            other = self.other(found.actor, place, at, scene)
            return (own, other) if judged[1] else (other, own)
        return None

    def _holding(self, known: Actor, scene: Scene) -> Side | None:
        """ "seized Kurdish-held ground", "the headquarters of X": whoever the sentence says holds ground."""
        posts = self._whose_posts(known, scene)
        if posts is not None:
            return posts
        for token in scene.parsed.doc:
            text = scene.parsed.holder(token)
            for words in (text, f"{text} forces") if text else ():
                match = self._actors.match(words, scene.day, scene.country)
                if match is not None and self._rivals.rivals(known, match.actor, scene):
                    return Side(match.actor, text, f"inferred: the sentence has “{text}-held”; {match.because}")
        return None

    def _whose_posts(self, known: Actor, scene: Scene) -> Side | None:
        for place in scene.frame.places:
            words = posts_of(place.text or "").split()
            for last in range(len(words), 0, -1):
                whose = " ".join(words[:last])
                match = self._actors.match(whose, scene.day, scene.country)
                if match is not None and self._rivals.rivals(known, match.actor, scene):
                    return Side(match.actor, whose, f"inferred: what was taken is {whose}’s; {match.because}")
        return None

    def pressing(self, known: Actor, scene: Scene) -> Side:
        """Before whom a side withdraws: the one enemy whom the sentence tells to attack, to move in; of what is told as
        lost, the only main enemy there is."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        here = self._discourse.sides_in(start, scene.parsed.end)
        found = self._rivals.named(known, [s for s in here if presses(text, s.start - start, s.end - start)], scene)
        if len(found) != 1:
            lost = scene.frame.trigger.lower_ in _LOST and self._only_enemy(known, scene)
            return lost or NOBODY
        actor = next(iter(found))
        return Side(actor, None, f"inferred: {actor.name} is told to press on it")

    def _leaving(self, known: Actor, scene: Scene) -> Side | None:
        """ "took it after the army abandoned its posts": who goes is who loses, an enemy or not."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        for said in self._discourse.sides_in(start, scene.parsed.end):
            if not leaves(text, said.start - start, said.end - start):
                continue
            found = self._actors.match(said.text, scene.day, scene.country)
            if found is None or self._actors.kin(known.id, found.actor.id) or found.actor.bloc == "international":
                continue
            return Side(found.actor, said.text, f"inferred: {said.text} is said to leave; {found.because}")
        return None

    def _in_sentence(self, known: Actor, scene: Scene) -> Side | None:
        start, end = scene.parsed.start, scene.parsed.end
        text = scene.parsed.masked.original
        here = [s for s in self._discourse.sides_in(start, end) if not self._beside(s, scene)]
        here = [s for s in here if not is_quoted(text, s.start - start)]
        here = [s for s in here if not is_elsewhere(text, s.start - start)]
        fought = [s for s in here if is_fought(text, s.start - start)]
        found = self._rivals.told(known, here, scene)
        if len(found) > 1 or not self._rivals.are_main(known, found, scene):
            found = self._rivals.named(known, fought, scene)
        if len(found) == 1:
            actor = next(iter(found))
            return Side(actor, None, f"inferred: the other side in the sentence is {actor.name}")
        return None

    def _beside(self, said: Said, scene: Scene) -> bool:
        """Whether a mention is coordinated with a side of the frame: "A and B captured"."""
        text = scene.parsed.masked.original
        for ref in (scene.frame.taker, scene.frame.loser):
            if ref is None or ref.start <= said.start < ref.end:
                continue
            a, b = (said.end, ref.start) if said.start < ref.start else (ref.end, said.start)
            if joins(text[a - scene.parsed.start : b - scene.parsed.start]):
                return True
        return False

    def _taken_before(self, known: Actor, place: str, scene: Scene) -> Side | None:
        actor = self.taker_of(place)
        if actor is None or not self._rivals.rivals(known, actor, scene):
            return None
        return Side(actor, None, f"inferred: {actor.name} is told to have held it before")

    def _in_sentence_before(self, known: Actor, scene: Scene) -> Side | None:
        before = self._discourse.sentence_of(scene.parsed.start) - 1
        if before < 0 or _ELSEWHERE.match(scene.parsed.masked.original):
            return None
        told = [s for s in self._discourse.sides() if s.sentence == before]
        found = self._rivals.told(known, told, scene)
        if len(found) != 1 or not self._rivals.are_main(known, found, scene):
            return None
        actor = next(iter(found))
        return Side(actor, None, f"inferred: the other side in the sentence before is {actor.name}")

    def _most_named(self, known: Actor, at: int, scene: Scene) -> Side | None:
        number = self._discourse.sentence_of(at)
        sides = [s for s in self._discourse.sides() if s.sentence != number or not self._beside(s, scene)]
        weighed: Counter[Actor] = Counter()
        for actor, n in self._rivals.named(known, sides, scene).items():
            weighed[actor] += n
        near = [s for s in sides if self._discourse.same_paragraph(s.sentence, number)]
        for actor, n in self._rivals.named(known, near, scene).items():
            weighed[actor] += int(n * NEAR)
        if weighed:
            weighed.update(self._rivals.unnamed(known, scene))
        weighed = self._rivals.kin_as_one(weighed)
        main = self._rivals.main(known, weighed, scene)
        if OVER * max(main.values(), default=0) > max(weighed.values(), default=0):
            weighed = main
        ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0].id))
        if not ranked or len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]:
            return None
        actor = ranked[0][0]
        return Side(actor, None, f"inferred: the other side most named in the article is {actor.name}")

    def _only_enemy(self, known: Actor, scene: Scene) -> Side | None:
        main = [e.actor for e in self._actors.enemies(known.id, scene.day, scene.country) if e.main]
        heads = [e for e in main if not set(self._actors.family(e)[1:]) & set(main)]
        if len(heads) != 1:
            return None
        actor = self._actors.actor(heads[0])
        return Side(actor, None, f"inferred: {known.name} fights {actor.name} in {scene.country} then")

    def _state(self, known: Actor, scene: Scene) -> Side | None:
        """The state of a country where the registry knows of no other fight of the side."""
        if scene.country is None or self._actors.enemies(known.id, scene.day, scene.country):
            return None
        state = self._actors.government(scene.country, scene.day)
        if state is None or not self._rivals.rivals(known, state, scene):
            return None
        return Side(state, None, f"inferred: {state.name} is the state in {scene.country}")
