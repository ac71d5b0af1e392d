"""Pointing: what "the town", "it" and "the airport" of an article point back to, or, introduced first, forward to.

Comes from the mentions of an article in order (`discourse`); answers with the mentions that are meant, or with none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.discourse import Discourse, Said
from geo.gazetteer import SETTLEMENTS, Gazetteer, Match, Place
from geo.lexicon import lexicon
from geo.mentions import Sort
from geo.names import fold
from geo.theatre import demonyms

_AFTER = re.compile(r"['’]?s? ?(?:\([^)]*\) ?)?([a-z]+(?: [a-z]+)?)")
_APPOSED = re.compile(r", (?:an?|the) (?:[a-z-]+ ){0,2}?(town|city|village|hamlet|suburb)\b")
_BEFORE = re.compile(r"([a-z]+) (?:of|called|named) $|\b([a-z]+) $")
_CONTAINERS = frozenset("countryside province governorate region state oblast county border axis front desert".split())
_BESIDE = re.compile(
    r"(?:\b(?:north|south|east|west|northeast|northwest|southeast|southwest|outskirts|outside|near|from|of the city"
    r"|road to|way to) (?:of )?|km from |miles from )$"
)
_DIRECTED = re.compile(r"\b(?:north|south|east|west|northeast|northwest|southeast|southwest)ern $")
_AT = re.compile(r"\b(?:at|in|near) (?:the (?:city|town|village|port) of )?$")
_PEOPLED = re.compile(
    r"\b(?:residents?|inhabitants|people|villagers|townspeople|locals|elders|mayor|doctors?|witnesses|shopkeepers?"
    r"|traders?|teachers?|priests?|officials?|streets|outskirts|centre|center) (?:of|in|from) $",
    re.IGNORECASE,
)
"""Who and what a town has: "residents of X said that the army had left the town"."""
_WITHIN = re.compile(r"[A-Z][\w'’-]+,? (?:in (?:the )?|, )$")
_WIDE = frozenset({"governorate", "region", "country"})
CITY = 100_000
"""People of a capital: villages have the names of states."""
SMALL = 20_000
"""People of a place that has no land of its name around it."""
AHEAD = 3
"""Sentences in which a place that is introduced without its name is named, where a text names it at all."""
_TOWARDS = re.compile(
    r"\b(?:advanc|push|march|driv|drov|mov|inch|clos|head)[a-z]* (?:north |south |east |west |fast |slowly )?towards? $"
)
"""What an army moves towards is a place."""
_SPEAKS_BEFORE = re.compile(r"\b(?:said|says|added|adds|told|explained|according to) $")
_SPEAKS_AFTER = re.compile(r"(?:,[^,.;]{3,60},)? (?:said|says|told|added|adds|explained|tweeted)\b")
"""Who speaks is a person, or a body, whatever town bears that name."""
_BY_DOING = re.compile(r"[\"“]?(?:By|In) [a-z]+ing (?:and [a-z]+ing )?(?:[a-z-]+ ){1,4}")
"""How a sentence begins that tells by what means something is done."""
_SEAT = re.compile(
    r"\b(?:ministry|government|cabinet|parliament|officials?|authorities|leaders?|leadership|diplomats?|embassy|command"
    r"|officers|minister|spokes\w+|headquarters|analysts?|reporters?|talks) (?:is |are )?(?:here )?in $"
)
"""A capital in which those sit who speak is not the town that is spoken of."""
_SEAT_OF = re.compile(
    r", (?:the |a )?(?:[a-z-]+ ){0,2}(?:capital|seat|chief town|main town|hub|cent(?:re|er)) (?:of|in) (?:the )?$"
)
""" "X, the seat of Y": what is told of Y is only where X lies."""
_OF_TWO = frozenset({"former", "latter"})


class Pointing:
    """The places that phrases without a name mean, in one article."""

    def __init__(self, told: Discourse, gazetteer: Gazetteer) -> None:
        self._told, self._gazetteer = told, gazetteer
        self._described: dict[tuple[int, int], tuple[str, bool, int]] = {}

    def kind_of(self, said: Said) -> str:
        """The kind word beside a mention ("town"), or an empty text."""
        return self._beside(said)[0]

    def through(self, said: Said) -> int:
        """Where the kind word ends that stands behind a mention ("Goma's airport"), else the mention's own end."""
        return self._beside(said)[2]

    def _locates(self, said: Said) -> bool:
        """Whether a mention stands only to say where another lies: "north of X", "in the X countryside"."""
        return self._beside(said)[1]

    def _beside(self, said: Said) -> tuple[str, bool, int]:
        at = said.start, said.end
        if at not in self._described:
            self._described[at] = self._looked_beside(said)
        return self._described[at]

    def _looked_beside(self, said: Said) -> tuple[str, bool, int]:
        (start, end), a, b = self._told.bounds[said.sentence], said.start, said.end
        after = _AFTER.match(self._told.text, b, min(end, b + 40))
        before = _BEFORE.search(self._told.text, max(start, a - 30), a)
        lex = lexicon()
        kind = ""
        for words in (
            after.group(1).split() if after else [],
            [before.group(1) or before.group(2) or ""] if before else [],
        ):
            kind = kind or next(
                (w for w in words if lex.is_class(w, "settlement", "quarter", "facility", "region", "area")), ""
            )
        apposed = _APPOSED.match(self._told.text, b, min(end, b + 40)) if not kind else None
        if apposed is not None:
            kind = apposed.group(1)
        word = re.search(rf"\b{kind}\b", self._told.text[after.start(1) : after.end(1)]) if after and kind else None
        through = after.start(1) + word.end() if after and word else b
        left = self._told.text[max(start, a - 24) : a]
        ranked = _SEAT_OF.search(self._told.text, max(start, a - 60), a) is not None
        within = _WITHIN.search(left) is not None and _PEOPLED.search(left) is None
        return kind, kind in _CONTAINERS or ranked or bool(_BESIDE.search(left)) or within, through

    def place_before(self, offset: int, kinds: tuple[str, ...], plural: bool) -> list[Said]:
        """The places a definite phrase at the offset points back to; empty where none answers.

        Looks at this sentence and the two before, skips names that only locate another, and prefers
        one with the same kind word beside it.
        """
        number = self._told.sentence_of(offset)
        kind = kinds[0].rstrip("s") if kinds else ""
        facility = lexicon().is_class(kind, "facility")
        reach = 2 if kind != "it" else 1
        near_by = [s for s in self._told.said if s.end <= offset and number - s.sentence <= reach]
        told = [s for s in near_by if self._may_be_place(s)]
        first = (("", 0), ("known", 0)) if not facility and not plural else ()
        loosely = (("", 1), ("known", 1), ("locating", 1), ("", reach), ("locating", reach), ("bare", reach))
        for loose, back in (*first, *loosely):
            near = [s for s in told if number - s.sentence <= back and self._answers(s, loose, number)]
            if lexicon().is_class(kind, "settlement", "quarter"):
                near = [s for s in near if self.kind_of(s) not in _CONTAINERS and not self._is_wide(s.text)]
                near = [self._town_of(s) for s in near if not self._is_part(s)] or near
                near = [s for s in near if not lexicon().is_class(self.kind_of(s), "facility")] or near
            if facility:
                near = [s for s in near if self.kind_of(s).rstrip("s") == kind or kind in s.text.lower()]
            if near:
                break
        if not near:
            return []
        if kind in _OF_TWO:
            pair = self._pair(told, near)
            return pair[-1:] if kind == "latter" else pair[:1] if len(pair) == 2 else []
        same = [s for s in near if self.kind_of(s).rstrip("s") == kind and kind]
        last = (same or near)[-1]
        if kind in ("city", "town", "village") and not same:
            fitting = [s for s in near if self.kind_of(s) in ("", kind)]
            last = (fitting or near)[-1]
        if not plural:
            return [last]
        group = [last]
        for s in reversed(near):
            beside = s.end <= group[0].start and group[0].start - s.end < 14
            if beside and s.sentence == last.sentence:
                group.insert(0, s)
        unsure = last.sort is Sort.NAME and not self.kind_of(last)
        return group if len(group) > 1 or not unsure else []

    def named_after(self, offset: int, kind: str, but: Sequence[str] = ()) -> Said | None:
        """The place that a phrase which only introduces one ("a strategic town") is named as in the sentences after.

        It has the same kind word beside it, and no other name of a place has so there; `but` are not meant.
        """
        number = self._told.sentence_of(offset)
        for ahead in range(number, number + 1 + AHEAD):
            told = [s for s in self._told.said if s.sentence == ahead and s.start >= offset and self._may_be_place(s)]
            fit = [s for s in told if self.kind_of(s) == kind and not self._locates(s) and s.text not in but]
            if fit:
                return fit[0] if len({s.text for s in fit}) == 1 else None
        return None

    def _town_of(self, said: Said) -> Said:
        """ "X's citadel", "X airport", where they are names of their own: of "the city" told after them, X."""
        *town, kind = said.text.split()
        name = re.sub(r"['’]s$", "", " ".join(town))
        if not name or not lexicon().is_class(kind.lower(), "facility"):
            return said
        known = any(place.kind in SETTLEMENTS for place in self._places(name))
        if not known:
            return said
        whole = replace(said, text=name, end=said.start + len(name))
        self._described[whole.start, whole.end] = ("", False, whole.end)  # the kind behind it is the facility's
        return whole

    def _pair(self, told: list[Said], near: list[Said]) -> list[Said]:
        """The two places a "former" and a "latter" part: the last two known ones of a sentence, else its only two."""
        pair = [s for s in near if s.sentence == near[-1].sentence][-2:]
        if len(pair) == 2:
            return pair
        names = [s for s in told if s.sentence == near[-1].sentence]
        return names if len(names) == 2 else pair

    def _may_be_place(self, said: Said) -> bool:
        seat = _SEAT.search(self._told.text, max(0, said.start - 40), said.start) is not None
        capital = said.sort is Sort.STATE and not seat and not self._told.acts(said) and self._is_city(said)
        return (capital or said.sort in (Sort.PLACE, Sort.NAME)) and not self._is_country(said.text)

    def _answers(self, said: Said, loose: str, number: int) -> bool:
        """Whether a mention may be what a phrase points back to; loose: which sort of doubt is let pass."""
        if said.sort in (Sort.PLACE, Sort.STATE) or self.kind_of(said):
            return loose not in ("", "known") or not self._locates(said)
        if loose == "known" and (self._locates(said) or self._is_gear(said)):
            return False
        return loose in ("bare", "known") and number - said.sentence <= 1 and self._stands_as_place(said)

    def _is_gear(self, said: Said) -> bool:
        """Whether a name is that of a weapon or a machine: "Apache helicopters"."""
        after = _AFTER.match(self._told.text, said.end)
        words = after.group(1).split()[:1] if after else []
        return any(
            lexicon().is_class(w.removesuffix("s"), "materiel", "vessel") or lexicon().is_class(w, "materiel", "vessel")
            for w in words
        )

    def _stands_as_place(self, said: Said) -> bool:
        """Whether a name that no word calls a place is one that some gazetteer knows or an army moves towards."""
        if _PEOPLED.search(self._told.text, max(0, said.start - 40), said.start):
            return True
        if _SPEAKS_AFTER.match(self._told.text, said.end) or _SPEAKS_BEFORE.search(
            self._told.text, max(0, said.start - 14), said.start
        ):
            return False
        toward = _TOWARDS.search(self._told.text, max(0, said.start - 40), said.start) is not None
        return toward or bool(self._places(said.text))

    def town_around(self, offset: int) -> Said | None:
        """The town a facility without a name lies in: the last one told before it in its sentence, whatever it is
        told for ("witnesses in X said that the camp"); else what "the town" would point back to."""
        number = self._told.sentence_of(offset)
        here = [s for s in self._told.said if s.sentence == number and s.end <= offset and self._is_settlement(s)]
        before = [] if here else self.place_before(offset, ("town",), False)
        after = [s for s in self._told.said if s.sentence == number and s.start >= offset and self._is_settlement(s)]
        behind = [s for s in after if _AT.search(self._told.text, offset, s.start)]
        return next(iter(here[-1:] or before or behind), None) or self._aimed_at(offset)

    def _aimed_at(self, offset: int) -> Said | None:
        """ "By storming the compound, A sped the recapture of X": the first town that what is done so is done for."""
        start, end = self._told.bounds[self._told.sentence_of(offset)]
        if not _BY_DOING.fullmatch(self._told.text, start, offset):
            return None
        rest = [s for s in self._told.said if offset < s.start < end and self._is_settlement(s)]
        return next((s for s in rest if not self._locates(s)), None)

    def _is_settlement(self, said: Said) -> bool:
        if said.sort not in (Sort.PLACE, Sort.NAME) or self._is_country(said.text) or self._is_wide(said.text):
            return False
        return said.sort is Sort.PLACE or self._is_town(said)

    def _is_town(self, said: Said) -> bool:
        """Whether a name is that of a known town in the country that is spoken of there."""
        country = self._told.country(said.start)
        return any(p.country == country and p.kind not in _WIDE for p in self._places(said.text))

    def _is_part(self, said: Said) -> bool:
        """Whether a direction stands before a name, "southern X", which then means the land around it: no village's."""
        places = self._places(said.text)
        if all(place.kind not in _WIDE and place.population < SMALL for place in places):
            return False
        return _DIRECTED.search(self._told.text, max(0, said.start - 16), said.start) is not None

    def _is_city(self, said: Said) -> bool:
        """Whether a name that also stands for a state is that of the capital of the country that is spoken of."""
        found = [p for p in self._places(said.text) if p.population >= CITY and p.kind not in _WIDE]
        return bool(found) and self._told.main == found[0].country

    def _is_wide(self, text: str) -> bool:
        """Whether a name is that of a countryside, province or region, which no "town" points back to."""
        if text.lower().split()[-1] in _CONTAINERS:
            return True
        kinds = {place.kind for place in self._places(text)}
        return bool(kinds) and kinds <= _WIDE

    def _places(self, text: str) -> list[Place]:
        """The places whose name is spelt so, those of the reference layers included."""
        return [c.place for c in self._gazetteer.lookup(text) if c.match in (Match.EXACT, Match.FOLDED)]

    def _is_country(self, text: str) -> bool:
        ids = self._gazetteer.scan_names().get(fold(text), ())
        if any(self._gazetteer.place(i).kind == "country" for i in ids):
            return True
        return text in demonyms()
