"""Telling: for which side of a war those speak whom an article quotes, and what "the troops" are in their mouth.

Comes in: the words that name the source of a frame ("the defence ministry in X"). Goes out: the actor it speaks for,
where it is an army, a ministry, a command, a party's own outlet; and a side whose words name nobody ("units of the
northern group", "the military") as that actor's own, where it tells of them as of its own.
"""

from __future__ import annotations

import re

from geo.actors import Actor, ActorRegistry
from geo.frames.refs import SideRef
from geo.sides import Scene, Side
from geo.theatre import demonyms
from geo.voice import Voice

_OFFICIAL = re.compile(
    r"\b(?:army|military|armed forces|ministry|minister|general staff|command|state (?:news |run )?\w+|news agency|"
    r"spokes\w+|statement|[A-Z]{4})\b"
)
_STATE = re.compile(
    r"\b(?:government|ministry|minister|officials?|president|general staff|spokes\w+|milbloggers?|kremlin|pentagon"
    r"|white house)\b",
    re.IGNORECASE,
)
_MINISTRY = re.compile(r"\b(?:deputy )?(?:defen[cs]e )?(?:ministry|minister|spokes\w+)\b.*")
_OFFICIALS = re.compile(
    r"\b(?:(?:deputy |senior |defen[cs]e |foreign |military )*"
    r"(?:ministry|ministers?|spokes\w+|officials?|president|general staff|milbloggers?))\b.*",
    re.IGNORECASE,
)
_TROOPS = re.compile(
    r"(?:the |its |their |our |several |some |more )?(?:[a-z-]+ ){0,2}"
    r"(?:units|elements|troops|forces|army|military|soldiers|servicemen|paratroopers|marines|detachments|brigades|group|grouping)"
    r"(?: (?:of|from) (?:the )?(?:[\w-]+ ){0,3}(?i:group|grouping|corps|army|division|brigade|fleet|district|forces)"
    r"(?: of (?i:forces|troops))?)?"
)
"""Soldiers whose words say nothing of whose they are."""
_DETERMINED = re.compile(r"^(?:The|Its|Our|Several|Some|More) ")


def teller(words: str, scene: Scene, actors: ActorRegistry) -> Actor | None:
    """For whom a source speaks that tells what its side took: an army, a ministry, its paper, a party's own outlet."""
    voice = Voice(words, actors)
    own = voice.own(scene) if _OFFICIAL.search(words) or voice.is_outlet else None
    if own is not None:
        return own
    found = actors.match(_MINISTRY.sub("army", words), scene.day, scene.country)
    return found.actor if found is not None and (not found.is_role or _OFFICIAL.search(words)) else None


def own_words(side: Side, ref: SideRef | None, words: str | None, scene: Scene, actors: ActorRegistry) -> Side:
    """A taker as a state's officials mean it: soldiers without a name are theirs, not the enemy's."""
    if ref is None or ref.pronoun or words is None:
        return side
    said = _DETERMINED.sub(lambda found: found[0].lower(), ref.text)
    said = said if side.actor is not None else said[:1].lower() + said[1:]
    if not _TROOPS.fullmatch(said):
        return side
    state = _state_of(words, scene, actors)
    if state is None or side.actor is not None and side.actor.id in actors.family(state.id) or _of_others(said, state):
        return side
    home = actors.government(scene.country, scene.day) if scene.country else None
    if home is None or not actors.fights(state.id, home.id, scene.day, scene.country):
        return side
    return Side(state, ref.text, f"“{ref.text}” in the words of {words}")


def _of_others(said: str, state: Actor) -> bool:
    """Whether words tell of another people's soldiers, in whoever's mouth: "units of the Ukrainian army"."""
    peoples = {demonyms()[word] for word in said.split() if word in demonyms()}
    return bool(peoples) and peoples.isdisjoint(state.countries[:1])


def _state_of(words: str, scene: Scene, actors: ActorRegistry) -> Actor | None:
    """The state whose officials speak, by its name or its capital."""
    if not _STATE.search(words):
        return None
    for text in (_OFFICIALS.sub("army", words), words, words.rpartition(" in ")[2]):
        found = actors.match(text, scene.day, None)
        if found is not None:
            return found.actor
    return None


__all__ = ["own_words", "teller"]
