"""Sides: from the words of a frame's taker and loser to actors of the registry, with the reason.

A named side is looked up; a pronoun, "its forces", "the group" take the side they point back to. An
unknown taker keeps its words: it is never replaced by a bystander. What the sentence leaves out is
inferred in `opponents`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from geo.actors import Actor, ActorMatch, ActorRegistry
from geo.claims import CHANGES
from geo.discourse import Discourse, Said, agrees
from geo.frames.parsed import Parsed
from geo.frames.parties import is_body, side_ref
from geo.frames.refs import SideRef
from geo.frames.rules import Frame
from geo.frames.slots import clause_verb, grammatical_subject, is_verb, objects_of
from geo.lexicon import lexicon
from geo.speakers import Speakers
from geo.trees import Token


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a claim. actor None: the words name nobody the registry knows."""

    actor: Actor | None
    text: str | None
    basis: str

    @property
    def known(self) -> bool:
        return self.actor is not None

    @property
    def said(self) -> bool:
        """Whether anybody is meant at all, known or not."""
        return self.actor is not None or self.text is not None


NOBODY = Side(None, None, "")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a frame's words are read: its sentence, the day it speaks of, the country of its places.

    source: who tells it, as the article words it; None where the article speaks in its own voice.
    """

    frame: Frame
    parsed: Parsed
    day: date | None
    country: str | None
    source: str | None = None


CALLED_SO = "are called so before:"
"""How a crowd is found that the text has called by the same noun."""
FEW = 3
"""A side that fights in more countries than this is at home in none of them."""
_OWNED = re.compile(r"(?:its|his|her|their|our|my)\b", re.IGNORECASE)
_PERSONAL = frozenset("it they them he she we i us him her who which that".split())
_MANY = re.compile(r"(?:they|them|theirs?|we|us|ours?)\b")
_FIRST = re.compile(r"(?:we|us|ours?)\b")
_ONE = re.compile(r"(?:it|its|he|his|him|she|her)\b")
_BODY = re.compile(
    r"\b(?:group|groups|faction|factions|movement|militia|militias|organisation|organization|gang|gangs)$"
)
_A_BODYS = re.compile(r"(the (?:group|faction|movement|militia|organisation|organization|gang))['’]s ")
""" "The group's fighters", "the organisation's 11th brigade": the group."""
_FOES = re.compile(r"\b(?:militants|insurgents|jihadists|jihadis|gunmen|extremists|terrorists|attackers|raiders)$")
_CROWD = re.compile(
    r"(?:the|these|those|both) (?:(?:allied|joint|combined|same|two|three|armed|islamist|sunni|shia|extremist|hardline"
    r"|attacking|advancing|victorious|allies)[ -]){0,2}"
    r"(?:militants|insurgents|jihadists|jihadis|gunmen|extremists|terrorists|attackers|raiders|forces|fighters|allies"
    r"|troops|sides|armies|factions|brigades|militiamen)"
)
"""A definite crowd that names nobody and stands for a side told before."""
_ANYBODY = frozenset("troop troops force forces units soldiers fighters men marines paratroopers commandos".split())
"""Armed men whose word says nothing of whose they are."""
_GUESTS = frozenset({"international"})
_STATES = frozenset({"international", "government", "foreign"})
"""Whom "the group" cannot mean."""
_OURS = re.compile(r"\b[Oo]ur\b(?: (?:heroic|brave|valiant|glorious|courageous|victorious|armed))?")
_CLOCK = re.compile(
    r"^(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{1,2} (?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)(?:,? \d{4})? )?"
    r"(?:\d{1,2}[:.]\d\d(?: ?(?:am|pm|GMT|BST|CET|EST|EDT))?:? )?"
)
"""The day and the hour that stand before a headline."""
_LINK = re.compile(
    r",? (?:\w+ly )?(?:(?:thought|believed|suspected|said) to (?:belong to|be from|be members of)|loyal to"
    r"|allied (?:to|with)|aligned (?:to|with)|backed by|supported by|led by|commanded by"
    r"|headed by|belonging to|affiliated (?:to|with)|linked to|under|from|for|of|including|dominated by|spearheaded by)"
    r"(?: [(]?[\w’'.-]+[)]?(?:[’']s)?){1,8}"
)
_OUTLET = re.compile(
    r"\b(?:television|tv|radio|news agency|agency|newspaper|daily|media|channel|broadcaster|news site|news website"
    r"|observatory|monitoring group|monitors?|correspondents?|reporters?|journalists?)$"
)
"""Who tells the news takes no town."""
_SAID = re.compile(
    r"(?: (?:has|have|had|also|later|earlier|then))* (?:announc|sa[iy]|report|claim|confirm|stat|broadcast|show)\w*\b"
)
_FURTHER = re.compile(r"(?:a (?:separate|second|third|further)|another|other|more) (?:columns?|detachments?|units?)$")
"""A further part of the side that took what is told before."""
_WHOSE = re.compile(
    r" (?:nominally )?(?:loyal|allied|aligned|backed|supported|led|commanded|belonging|from|of|under)\b"
)
_MEANWHILE = re.compile(r",? (?:as|while|when|where|before|after) $")
_VAGUE = frozenset("its their theirs his her our ours it they them".split())


class Sides:
    """Reads the sides of one article."""

    def __init__(self, discourse: Discourse, actors: ActorRegistry, speakers: Speakers) -> None:
        self._discourse, self._actors, self._speakers = discourse, actors, speakers
        self._called: dict[str, str] = {}
        self._took: str | None = None
        self._went_on: dict[tuple[int, str], str] = {}
        self._takers: dict[int, tuple[int, str]] = {}

    def read(self, ref: SideRef | None, scene: Scene, other: SideRef | None = None) -> Side:
        """The side that a phrase of the frame means; it is not the frame's other side."""
        if ref is None:
            return NOBODY
        words = ref.text.lower()
        if _OUTLET.search(words):
            return self._told_by(ref, scene)
        personal = words in _PERSONAL
        owned = _OWNED.match(words) is not None
        if not ref.pronoun and not owned and not personal:
            named = self._named(ref, scene)
            self._remember(named, scene)
            whose = None if named.known else _A_BODYS.match(words)
            if whose is not None:
                return self.read(replace(ref, text=whose[1], pronoun=True), scene, other)
            if named.known or not self._points_back(words):
                return named
        if not owned and not personal:
            found = self._match(ref.text, scene)
            if found is not None:
                return Side(found.actor, ref.text, found.because)
        pointed = self._pointed(ref, scene, other, personal=personal, owned=owned)
        if pointed is not None:
            return pointed
        if owned:
            found = self._match(ref.text, scene) or self._match(_OURS.sub("the", ref.text), scene)
            if found is not None:
                return Side(found.actor, ref.text, found.because)
        return Side(None, ref.text, f"“{ref.text}” points back to nobody the registry knows")

    def _pointed(
        self, ref: SideRef, scene: Scene, other: SideRef | None, *, personal: bool, owned: bool
    ) -> Side | None:
        """The first side a pronoun or group may point back to that it can mean here."""
        words = ref.text.lower()
        body = _BODY.search(words) is not None and not owned
        barred = _STATES if body or _FOES.search(words) and not owned else _GUESTS
        facing = self._match(other.text, scene) if other is not None else None
        for text, how in self._antecedents(ref, scene, other, personal=personal, owned=owned):
            found = self._match(text, scene)
            if found is None or body and how != CALLED_SO and not _is_body(found, scene):
                continue
            if found.actor.bloc in barred and not (body and self._is_militia(found, scene)):
                continue
            if facing is not None and found.actor.id in self._actors.family(facing.actor.id):
                continue
            self._went_on |= {(self._discourse.sentence_of(ref.start), words): text} if personal else {}
            return Side(found.actor, ref.text, f"“{ref.text}” {how} {text}; {found.because}")
        return None

    def _is_militia(self, found: ActorMatch, scene: Scene) -> bool:
        """Whether an actor that fights for a state is a body with a name of its own beside it."""
        state = self._actors.government(scene.country, scene.day) if scene.country else None
        return found.actor.bloc == "government" and state is not None and found.actor.id != state.id

    def _remember(self, side: Side, scene: Scene) -> None:
        """Keeps what a known side was called, and that it took something: what is told after goes on from it."""
        if side.actor is None or side.text is None:
            return
        self._called[side.text.lower().split()[-1]] = side.text
        taker = scene.frame.taker
        if taker is not None and side.text == taker.text and scene.frame.kind in CHANGES:
            self._took = side.text
            self._takers.setdefault(self._discourse.sentence_of(taker.start), (taker.start, side.text))

    def _points_back(self, words: str) -> bool:
        """Whether words that name nobody stand for a side told before."""
        crowd = _CROWD.fullmatch(words) or _FURTHER.match(words)
        return crowd is not None or _nobody_in_particular(words, self._actors)

    def _told_by(self, ref: SideRef, scene: Scene) -> Side:
        """ "State television announced X had captured": the side told of behind the outlet's word of saying."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        if not _SAID.match(text, ref.end - start):
            return NOBODY
        trigger = scene.parsed.at(scene.frame.trigger)[0]
        for said in self._discourse.sides():
            if ref.end <= said.start < trigger:
                found = self._match(said.text, scene)
                if found is not None:
                    return Side(found.actor, said.text, f"told of by {ref.text}; {found.because}")
        return NOBODY

    def at_home(self, scene: Scene) -> Scene:
        """The scene in a country of the taker or loser where that is a body with a name that does not fight there."""
        settled = any(p.text and self._discourse.settles(p.text, scene.country) for p in scene.frame.places)
        for ref in (scene.frame.taker, scene.frame.loser):
            if ref is None or ref.pronoun:
                continue
            found = self._actors.match(ref.text, scene.day, None)
            if found is None or found.is_role or not found.names_as(ref.text):
                continue
            if not 0 < len(found.actor.countries) <= FEW:
                continue
            if settled and not self._fights_only_at_home(found, scene):
                continue
            if scene.country not in found.actor.countries and found.actor.bloc not in _STATES:
                return replace(scene, country=found.actor.countries[0])
        return scene

    def _fights_only_at_home(self, found: ActorMatch, scene: Scene) -> bool:
        """Whether a body of a name fights in its own country then and not where a place's name seems to lie."""
        actor = found.actor
        if found.name is None or found.name.text.islower():
            return False
        if scene.country in actor.countries or actor.bloc in _STATES:
            return False
        here, there = (self._actors.enemies(actor.id, scene.day, c) for c in (actor.countries[0], scene.country))
        return bool(here) and not there

    def _match(self, text: str, scene: Scene) -> ActorMatch | None:
        return self._actors.match(text, scene.day, scene.country)

    def _named(self, ref: SideRef, scene: Scene) -> Side:
        """A phrase that names somebody, with the name it is known by right behind it."""
        text = _CLOCK.sub("", ref.text).lstrip(" ,;:–—-")
        if text != ref.text:
            ref = replace(ref, text=text)
        alias = self._discourse.known_as(ref.end)
        if alias is not None:
            found = self._match(alias, scene)
            if found is not None:
                return Side(found.actor, f"{ref.text}, {alias}", f"known as {alias}; {found.because}")
        long = self._discourse.introduced(ref.text)
        found = self._match(ref.text, scene)
        if long is not None and (found is None or self._match(long, scene) is not None):
            found = self._match(long, scene)
            if found is not None:
                return Side(found.actor, ref.text, f"introduced in the text as {long}; {found.because}")
            return Side(None, ref.text, f"introduced in the text as {long}, not in the registry")
        if found is None and _OURS.search(ref.text):
            found = self._match(_OURS.sub("the", ref.text), scene)
        if found is None:
            return self._linked(ref, scene) or Side(None, ref.text, "named, not in the registry")
        return Side(found.actor, ref.text, found.because)

    def _linked(self, ref: SideRef, scene: Scene) -> Side | None:
        """ "forces nominally loyal to X", "an alliance including X": whose they are stands behind the noun."""
        start = ref.end - scene.parsed.start
        found = _LINK.match(scene.parsed.masked.original, start)
        words = found[0].split() if found is not None else []
        for last in range(len(words), 1, -1):
            text = f"{ref.text} {' '.join(words[:last])}"
            match = self._match(text, scene)
            if match is not None:
                return Side(match.actor, text, match.because)
        return None

    def _antecedents(
        self, ref: SideRef, scene: Scene, other: SideRef | None, *, personal: bool, owned: bool
    ) -> Iterator[tuple[str, str]]:
        """What a pronoun or group may point back to, the likeliest first, each with how it is found."""
        words = ref.text.lower()
        crowd = _CROWD.fullmatch(words) is not None
        group = not (personal or words in _VAGUE or owned or crowd or _nobody_in_particular(words, self._actors))
        group = group and _FURTHER.match(words) is None
        if _FIRST.match(words):
            yield from self._theirs(self._speakers.of(ref.start), scene)
            if owned and words.split()[-1] not in _ANYBODY:
                yield _OURS.sub("the", ref.text), "is told of as one's own:"
        speaker = self._sayer(scene)
        number = True if _MANY.match(words) else False if _ONE.match(words) else None
        if (
            speaker is not None
            and not group
            and not speaker.pronoun
            and (_FIRST.match(words) or _means_itself(speaker, ref))
        ):
            if number and words == "they" and not agrees(speaker.text, plural=True):
                yield from self._met(speaker, ref, scene)
            yield speaker.text, "is the side of who speaks,"
            yield from self._theirs(self._speakers.introduced(speaker.text, ref.start), scene)
        avoid = other.text if other is not None else ""
        if _FURTHER.match(words) and self._took is not None:
            yield self._took, "goes on from"
            return
        several = crowd or words.endswith(("groups", "factions", "militias"))
        if several and (called := self._called.get(words.split()[-1])) not in (None, avoid):
            yield called, CALLED_SO
        if personal and (same := self._as_before(ref, words)) not in (None, avoid):
            yield str(same), "goes on from the sentence before:"
        before = self._discourse.sides_before(ref.start, group=group, plural=number)
        if personal and before and (lead := self._leads(before[0], number)) not in (None, avoid):
            yield str(lead), "points back to"
        for said in before:
            if said.text != avoid and not _holds(other, said):
                yield said.text, "points back to"

    def _theirs(self, told: Iterator[tuple[str, bool]], scene: Scene) -> Iterator[tuple[str, str]]:
        """The sides that a speaker is told to belong to; "the group" is no state."""
        for text, body in told:
            found = self._match(text, scene) if body else None
            if found is None or found.actor.bloc not in _STATES:
                yield text, "is the side of who speaks,"

    def _leads(self, first: Said, plural: bool | None) -> str | None:
        """The taker with which the sentence of the likeliest side begins, where its words are more than one name:
        "fighters loyal to X"."""
        start, text = self._takers.get(first.sentence, (first.start, ""))
        head = _WHOSE.split(text, maxsplit=1)[0]
        return text if text and start <= first.start and (plural is None or agrees(head, plural)) else None

    def _as_before(self, ref: SideRef, words: str) -> str | None:
        """What the same pronoun stood for in the sentence before, where this one names no side ahead of it."""
        number = self._discourse.sentence_of(ref.start)
        if any(s.sentence == number and s.end <= ref.start for s in self._discourse.sides()):
            return None
        return self._went_on.get((number - 1, words))

    def _met(self, speaker: SideRef, ref: SideRef, scene: Scene) -> Iterator[tuple[str, str]]:
        """ "X said it had hit Y's troops as they entered": they are whom X, which is one, tells of right before."""
        text, start = scene.parsed.masked.original, scene.parsed.start
        if not _MEANWHILE.search(text[: ref.start - start]):
            return
        for said in reversed(self._discourse.sides()):
            if speaker.end <= said.start and said.end <= ref.start and agrees(said.text, plural=True):
                yield said.text, "points back to"

    def _sayer(self, scene: Scene) -> SideRef | None:
        """The subject of the word of saying above a frame."""
        at = clause_verb(scene.frame.trigger)
        for _ in range(6):
            if at.head.i == at.i:
                break
            parent = at.head
            if at.dep_ == "ccomp" and is_verb(parent) and lexicon().governors.get(parent.lower_) == "say":
                subject = grammatical_subject(parent)
                return side_ref(_spoken_for(subject, scene.parsed), scene.parsed) if subject is not None else None
            at = parent
        return None

    def holder(self, text: str | None, scene: Scene) -> Side:
        """The holder of "rebel-held"."""
        if not text:
            return NOBODY
        for words in (text, f"{text} forces"):
            found = self._match(words, scene)
            if found is not None:
                return Side(found.actor, text, f"said to hold it (“{text}-held”); {found.because}")
        return Side(None, text, "said to hold it, not in the registry")


_DEFINITE = re.compile(r"(?:the|its|their|his|this|that) |[A-Z]")


_OPENING = re.compile(
    r"^(?:(?:a|an|the|its|their|another|fresh|new|surprise|swift|joint|major|temporary|separate|second|third) ){1,2}"
)


def _nobody_in_particular(words: str, actors: ActorRegistry) -> bool:
    """Whether words name no side but stand for one told before: "a counter-attack", "temporary troop" withdrawal."""
    bare = _OPENING.sub("", words)
    return bare in actors.actions or bare in _ANYBODY


def _spoken_for(speaker: Token, parsed: Parsed) -> Token:
    """ "a spokesman for A": A, whose side it is; anybody else speaks for himself."""
    if not speaker.classes.isdisjoint({"title"}):
        return next((t for t in objects_of(speaker, "for", "with") if is_body(t, parsed)), speaker)
    return speaker


def _means_itself(speaker: SideRef, ref: SideRef) -> bool:
    """Whether "it" may be who speaks; not if the speaker comes behind and is nobody in particular ("rebels said")."""
    return speaker.start < ref.start or _DEFINITE.match(speaker.text) is not None


def _is_body(found: ActorMatch, scene: Scene) -> bool:
    """Whether an actor can be "the group" here: a body with a name of its own, at home in the country."""
    homes = found.actor.countries
    return not found.is_role and (scene.country is None or not homes or scene.country in homes)


def _holds(ref: SideRef | None, said: Said) -> bool:
    return ref is not None and ref.start <= said.start < ref.end


__all__ = ["NOBODY", "Scene", "Side", "Sides"]
