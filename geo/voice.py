"""Voice: what an article calls its own side and its foe, read by who publishes it.

Few outlets speak for a side of a war: a state's agency, a ministry, an army's site, the channel of a group. In their
own words "our forces" and "the heroes" are that side, "the terrorists" and "the occupiers" the one it fights. Nothing
is read so in a quotation, where somebody else speaks, nor in an outlet that is not known to speak for a side. A word
that names somebody goes before this.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from geo.actors import Actor, ActorRegistry
from geo.frames.refs import SideRef
from geo.names import plain
from geo.sides import Scene, Side

_OURS = re.compile(r"(?:our|ours|we|us)\b", re.IGNORECASE)
_OPENING, _CLOSING = "“‘«", "”’»"


class Voice:
    """The side for which one article's publisher speaks, if any."""

    def __init__(self, publisher: str | None, actors: ActorRegistry) -> None:
        self._publisher, self._actors = publisher, actors
        self._name = plain(publisher or "")
        self._speaks = bool(self._name) and (self._outlet() is not None or _says_so(self._name, actors))

    def heard(self, side: Side, ref: SideRef | None, scene: Scene) -> Side:
        """A side as the publisher means it: "our troops" always; heroes where they name nobody; foes where what they
        are read as is nobody whom the publisher's side fights."""
        if ref is None or not self._speaks or _is_quoted(ref, scene):
            return side
        words, ours = plain(ref.text), _OURS.match(ref.text) is not None
        hostile = _has(words, "foe")
        own = self.own(scene) if ours or hostile or not side.known else None
        if own is None:
            return side
        met = side.actor is not None and self._actors.fights(own.id, side.actor.id, scene.day, scene.country)
        if met and not ours:
            return side
        if ours or not side.known and _has(words, "own"):
            return Side(own, ref.text, f"“{ref.text}” in the words of {self._publisher}, which speaks for {own.name}")
        if hostile:
            foe = self._foe(own, scene)
            if foe is not None:
                why = f"whom {own.name}, for which {self._publisher} speaks, fights there then"
                return Side(foe, ref.text, f"“{ref.text}” is {foe.name}, {why}")
        return side

    def own(self, scene: Scene) -> Actor | None:
        """The side the publisher speaks for, on the day and in the country of a sentence; None where it is nobody's."""
        outlet = self._outlet()
        if outlet is not None:
            return self._actors.actor(outlet)
        words = self._name.split()
        official = _has(self._name, "official")
        while words and words[-1] in voice_words()["outlet"]:
            words.pop()
        for first in range(len(words)):
            for last in range(len(words), first, -1):
                found = self._actors.match(" ".join(words[first:last]), scene.day, scene.country)
                if found is not None and (official or not found.is_role):
                    return found.actor
        return None

    @property
    def is_outlet(self) -> bool:
        """Whether it is one of the outlets known to speak for a side."""
        return self._outlet() is not None

    def _outlet(self) -> str | None:
        return next((actor for name, actor in outlets().items() if _within(name, self._name)), None)

    def _foe(self, own: Actor, scene: Scene) -> Actor | None:
        """The one main enemy of a side there and then; None where there are two."""
        main = [enemy.actor for enemy in self._actors.enemies(own.id, scene.day, scene.country) if enemy.main]
        return self._actors.actor(main[0]) if len(main) == 1 else None


@cache
def voice_words() -> Mapping[str, frozenset[str]]:
    """Words by class: own, foe, official (of publishers), outlet (what a publisher is, said behind its name)."""
    with files("geo.data").joinpath("voice_words.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    classes = sorted({row["class"] for row in rows})
    return {name: frozenset(plain(row["word"]) for row in rows if row["class"] == name) for name in classes}


@cache
def outlets() -> Mapping[str, str]:
    """Plain names of outlets that speak for a side -> the side's id."""
    with files("geo.data").joinpath("outlets.csv").open(encoding="utf-8") as handle:
        return {plain(row["outlet"]): row["actor"] for row in csv.DictReader(handle)}


def _says_so(name: str, actors: ActorRegistry) -> bool:
    """Whether a publisher's name may be a side's: it has an official word, or the proper name of a side."""
    if _has(name, "official"):
        return True
    words = name.split()
    found = (actors.match(" ".join(words[:last]), None, None) for last in range(len(words), 0, -1))
    return any(match is not None and not match.is_role for match in found)


def _has(words: str, kind: str) -> bool:
    return any(_within(word, words) for word in voice_words()[kind])


def _within(part: str, words: str) -> bool:
    return f" {part} " in f" {words} "


def _is_quoted(ref: SideRef, scene: Scene) -> bool:
    """Whether a phrase stands inside quotation marks of its sentence."""
    before = scene.parsed.masked.original[: ref.start - scene.parsed.start]
    opened = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in _CLOSING)
    return opened > 0 or before.count('"') % 2 == 1


__all__ = ["Voice", "outlets", "voice_words"]
