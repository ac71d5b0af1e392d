"""Discourse: what an article has said so far, so that "the town", "they" and "the army" mean something.

Comes from the sentences' mentions in order; answers three questions: which place a definite phrase
points back to, which side a pronoun does, and which country a sentence is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from geo.actors import ActorRegistry
from geo.gazetteer import SETTLEMENTS, Gazetteer, Match, Place
from geo.lexicon import lexicon
from geo.mentions import Mention, Sort
from geo.names import fold
from geo.namescan import NameScan
from geo.sentences import is_dateline
from geo.theatre import Theatre, demonyms


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with article offsets and the number of its sentence."""

    start: int
    end: int
    text: str
    sort: Sort
    sentence: int


_AFTER = re.compile(r"['’]?s? ?(?:\([^)]*\) ?)?([a-z]+(?: [a-z]+)?)")
_APPOSED = re.compile(r", (?:an?|the) (?:[a-z-]+ ){0,2}?(town|city|village|hamlet|suburb)\b")
_BEFORE = re.compile(r"([a-z]+) (?:of|called|named) $|\b([a-z]+) $")
_CONTAINERS = frozenset("countryside province governorate region state oblast county border axis front desert".split())
_BESIDE = re.compile(
    r"(?:\b(?:north|south|east|west|northeast|northwest|southeast|southwest|outskirts|outside|near|from|of the city)"
    r" (?:of )?|km from |miles from )$"
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


_ROLE_WORD = re.compile(r"(?<![\w-])[A-Za-z][a-z]{3,}(?![\w-])")
_KNOWN_AS = re.compile(
    r",? (?:(?:also |better |locally |widely )?known (?:locally )?as|called"
    r"|(?:who |which |that )?call(?:s|ed|ing)? (?:itself|themselves))(?: the)? "
)
_INTRODUCED = re.compile(
    r"(?P<long>[A-Z][\w’'-]+(?: (?:of|for|the|and|in|to|wa|al|de|du|des) (?:the )?[A-Z][\w’'-]+| [A-Z][\w’'-]+){1,8})"
    r" \((?:the )?[\"“]?(?P<short>[A-Z][A-Za-z.-]{1,9})[\"”]?\)"
)
_WIDE = frozenset({"governorate", "region", "country"})
LONG = 4
"""Sentences after which a report of war has named somebody who fights it; shorter texts may be a note's one line."""
CITY = 100_000
"""People of a capital: villages have the names of states."""
SMALL = 20_000
"""People of a place that has no land of its name around it."""
REACH = 3
"""How many sentences back a pronoun's side may stand: further back another has come between."""


AHEAD = 3
"""Sentences in which a place that is introduced without its name is named, where a text names it at all."""


_HELPER = re.compile(r"\b(?:Backed|Helped|Supported|Aided|Assisted|Joined|Flanked|Accompanied) by(?: the)? $")
"""Who helps the subject that follows: "Backed by jets, the army ... They" are the army."""
HEAD = 3
"""How far into its sentence a pronoun still is the paragraph's first word."""
TOPIC = 2
"""How much more than the next a side must be named to be what an article is about."""
_OBLIQUE = re.compile(r"\b(?:of|from|with|against|to|by|between|and|including|like|as)(?: the| a| an)? $")
_OFFSHOOT = re.compile(r"[ -](?:offshoot|splinter|breakaway|spin-off|inspired|linked)\b")
_LAND = re.compile(r" (?:border|frontier|coast|mainland|soil|territory|side of the (?:border|frontier)|language)\b")
"""What a people gives its name to without doing anything: "on the Chinese border"."""
_A_FRONT = re.compile(r"(?:north|south|east|west)\w*(?: \w+)? (?:front|operations room|command)")
"""Small letters: where there is fighting, and no body of that name."""
_LOCATED = re.compile(
    r"\b(?:in|of|across|throughout|into|inside|within|to|over|near|around|northern|southern|eastern|western"
    r"|neighbou?ring|border with|borders|bordering) (?:the )?$"
)


_OUT = re.compile(r"\b(?:out of|outside(?: of)?|beyond|free (?:of|from)|no longer under) (?:the |full )?$")
_REIGN = re.compile(r"(?:['’]s?)?[ -](?:control|hands|grip|rule|reach|held|controlled)\b")
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


class Discourse:
    """The state of one article. Sentences are given as (start, end, mentions with sentence offsets)."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[tuple[int, int, Sequence[Mention]]],
        gazetteer: Gazetteer,
        actors: ActorRegistry,
        published: date | None = None,
    ) -> None:
        self._text, self._actors, self._gazetteer = text, actors, gazetteer
        self.said: list[Said] = []
        for number, (start, _, mentions) in enumerate(sentences):
            for m in mentions:
                self.said.append(Said(start + m.start, start + m.end, m.text, m.sort, number))
        self._bounds = [(start, end) for start, end, _ in sentences]
        self._filed = frozenset(n for n, (a, b) in enumerate(self._bounds) if is_dateline(text[a:b]))
        self._starts = [start for start, _ in self._bounds]
        self._described: dict[tuple[int, int], tuple[str, bool, int]] = {}
        self._sides: list[Said] | None = None
        self._short: dict[str, str] | None = None
        self._theatre = Theatre(text, sentences, gazetteer, actors, published)
        self._paragraph = self._theatre.paragraph
        self._main = self._theatre.country(0) if sentences else None

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
        (start, end), a, b = self._bounds[said.sentence], said.start, said.end
        after = _AFTER.match(self._text, b, min(end, b + 40))
        before = _BEFORE.search(self._text, max(start, a - 30), a)
        lex = lexicon()
        kind = ""
        for words in (
            after.group(1).split() if after else [],
            [before.group(1) or before.group(2) or ""] if before else [],
        ):
            kind = kind or next(
                (w for w in words if lex.is_class(w, "settlement", "quarter", "facility", "region", "area")), ""
            )
        apposed = _APPOSED.match(self._text, b, min(end, b + 40)) if not kind else None
        if apposed is not None:
            kind = apposed.group(1)
        word = re.search(rf"\b{kind}\b", self._text[after.start(1) : after.end(1)]) if after and kind else None
        through = after.start(1) + word.end() if after and word else b
        left = self._text[max(start, a - 24) : a]
        ranked = _SEAT_OF.search(self._text, max(start, a - 60), a) is not None
        within = _WITHIN.search(left) is not None and _PEOPLED.search(left) is None
        return kind, kind in _CONTAINERS or ranked or bool(_BESIDE.search(left)) or within, through

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds an article offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def start_of(self, offset: int) -> int:
        """The article offset at which the sentence that holds an offset begins."""
        return self._starts[self.sentence_of(offset)]

    def country(self, offset: int, names: Sequence[str] = ()) -> str | None:
        """ISO code of the country whose war the sentence is about, names being places told there; None where unsaid."""
        return self._theatre.country(self.sentence_of(offset), names)

    def place_before(self, offset: int, kinds: tuple[str, ...], plural: bool) -> list[Said]:
        """The places a definite phrase at the offset points back to; empty where none answers.

        Looks at this sentence and the two before, skips names that only locate another, and prefers
        one with the same kind word beside it.
        """
        number = self.sentence_of(offset)
        kind = kinds[0].rstrip("s") if kinds else ""
        facility = lexicon().is_class(kind, "facility")
        reach = 2 if kind != "it" else 1
        told = [s for s in self.said if s.end <= offset and number - s.sentence <= reach and self._may_be_place(s)]
        first = (("", 0), ("known", 0)) if not facility and not plural else ()
        loosely = (("", 1), ("known", 1), ("locating", 1), ("", reach), ("locating", reach), ("bare", reach))
        for loose, back in (*first, *loosely):
            near = [s for s in told if number - s.sentence <= back and self._answers(s, loose, number)]
            if lexicon().is_class(kind, "settlement", "quarter"):
                near = [s for s in near if self.kind_of(s) not in _CONTAINERS and not self._is_wide(s.text)]
                near = [self._town_of(s) for s in near if not self._is_part(s)] or near
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
            if s.end <= group[0].start and len(self._text[s.end : group[0].start]) < 14 and s.sentence == last.sentence:
                group.insert(0, s)
        unsure = last.sort is Sort.NAME and not self.kind_of(last)
        return group if len(group) > 1 or not unsure else []

    def named_after(self, offset: int, kind: str, but: Sequence[str] = ()) -> Said | None:
        """The place that a phrase which only introduces one ("a strategic town") is named as in the sentences after.

        It has the same kind word beside it, and no other name of a place has so there; `but` are not meant.
        """
        number = self.sentence_of(offset)
        for ahead in range(number, number + 1 + AHEAD):
            told = [s for s in self.said if s.sentence == ahead and s.start >= offset and self._may_be_place(s)]
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
        seat = _SEAT.search(self._text, max(0, said.start - 40), said.start) is not None
        capital = said.sort is Sort.STATE and not seat and not self._acts(said) and self._is_city(said)
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
        after = _AFTER.match(self._text, said.end)
        words = after.group(1).split()[:1] if after else []
        return any(
            lexicon().is_class(w.removesuffix("s"), "materiel", "vessel") or lexicon().is_class(w, "materiel", "vessel")
            for w in words
        )

    def _stands_as_place(self, said: Said) -> bool:
        """Whether a name that no word calls a place is one that some gazetteer knows or an army moves towards."""
        if _PEOPLED.search(self._text, max(0, said.start - 40), said.start):
            return True
        if _SPEAKS_AFTER.match(self._text, said.end) or _SPEAKS_BEFORE.search(
            self._text, max(0, said.start - 14), said.start
        ):
            return False
        toward = _TOWARDS.search(self._text, max(0, said.start - 40), said.start) is not None
        return toward or bool(self._places(said.text))

    def town_around(self, offset: int) -> Said | None:
        """The town a facility without a name lies in: the last one told before it in its sentence, whatever it is
        told for ("witnesses in X said that the camp"); else what "the town" would point back to."""
        number = self.sentence_of(offset)
        here = [s for s in self.said if s.sentence == number and s.end <= offset and self._is_settlement(s)]
        before = [] if here else self.place_before(offset, ("town",), False)
        after = [s for s in self.said if s.sentence == number and s.start >= offset and self._is_settlement(s)]
        behind = [s for s in after if _AT.search(self._text, offset, s.start)]
        return next(iter(here[-1:] or before or behind), None) or self._aimed_at(offset)

    def _aimed_at(self, offset: int) -> Said | None:
        """ "By storming the compound, A sped the recapture of X": the first town that what is done so is done for."""
        start, end = self._bounds[self.sentence_of(offset)]
        if not _BY_DOING.fullmatch(self._text, start, offset):
            return None
        rest = [s for s in self.said if offset < s.start < end and self._is_settlement(s)]
        return next((s for s in rest if not self._locates(s)), None)

    def _is_settlement(self, said: Said) -> bool:
        if said.sort not in (Sort.PLACE, Sort.NAME) or self._is_country(said.text) or self._is_wide(said.text):
            return False
        return said.sort is Sort.PLACE or self._is_town(said)

    def promote(self, text: str) -> None:
        """A name that stood in a place slot is a place wherever else the article says it."""
        self.said = [replace(s, sort=Sort.PLACE) if s.sort is Sort.NAME and s.text == text else s for s in self.said]

    def _is_town(self, said: Said) -> bool:
        """Whether a name is that of a known town in the country that is spoken of there."""
        country = self.country(said.start)
        return any(p.country == country and p.kind not in _WIDE for p in self._places(said.text))

    def _is_part(self, said: Said) -> bool:
        """Whether a direction stands before a name, "southern X", which then means the land around it: no village's."""
        places = self._places(said.text)
        if places and all(place.kind not in _WIDE and place.population < SMALL for place in places):
            return False
        return _DIRECTED.search(self._text, max(0, said.start - 16), said.start) is not None

    def _is_city(self, said: Said) -> bool:
        """Whether a name that also stands for a state is that of the capital of the country that is spoken of."""
        found = [p for p in self._places(said.text) if p.population >= CITY and p.kind not in _WIDE]
        return bool(found) and self._main == found[0].country

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

    def sides_before(self, offset: int, *, group: bool, plural: bool | None = None) -> list[Said]:
        """The sides a pronoun may point back to: those of its sentence, then those of the sentences before.

        Of one sentence those of the pronoun's number come first (plural None: of any), then owners ("the army's
        advance") last, then in order of the text, for subjects stay subjects. group: "the group", which means the
        last body named and not the first.
        """
        number = self.sentence_of(offset)
        before = [s for s in self.sides() if s.end <= offset]
        if group:
            return sorted(before, key=lambda s: (-s.sentence, self.only_describes(s), self._oblique(s), -s.start))
        sides = [s for s in before if 0 <= number - s.sentence <= REACH]

        topic = self._topic(number, offset) if plural is not True else None
        if topic is not None and all(s.text != topic for s in sides if s.sentence == number):
            lead = [s for s in sides if s.text == topic][-1:]
        else:
            lead = []

        def order(s: Said) -> tuple[int, bool, bool, bool, int]:
            owner = self._text.startswith(("'s ", "’s "), s.end)
            helper = _HELPER.search(self._text, max(0, s.start - 40), s.start) is not None
            return -s.sentence, helper, plural is not None and not agrees(s.text, plural), owner, s.start

        return [*lead, *sorted(sides, key=order)]

    def _topic(self, number: int, offset: int) -> str | None:
        """The side a paragraph that begins with a pronoun goes on about: the one named most, by far."""
        start = self._bounds[number][0]
        if number == 0 or self._paragraph[number] == self._paragraph[number - 1] or offset - start > HEAD:
            return None
        counted = Counter(s.text for s in self.sides() if s.sentence < number).most_common(2)
        if not counted or len(counted) > 1 and counted[0][1] < TOPIC * counted[1][1]:
            return None
        return counted[0][0]

    def _oblique(self, said: Said) -> bool:
        """Whether a side only describes or meets another: "an offshoot of X", "an X offshoot", "clashes with X"."""
        return self.only_describes(said) or _OBLIQUE.search(self._text, max(0, said.start - 24), said.start) is not None

    def between(self, start: int, end: int) -> str:
        """The article's text between two offsets."""
        return self._text[start:end]

    def only_describes(self, said: Said) -> bool:
        """Whether a side is named only to say whence another comes: "an X offshoot", "X-linked"."""
        return _OFFSHOOT.match(self._text, said.end) is not None

    def is_out(self, said: Said) -> bool:
        """Whether a side is named as one that does not hold the ground: "out of X's control", "no longer X-held"."""
        before, after = self._text[max(0, said.start - 24) : said.start], self._text[said.end : said.end + 24]
        return _OUT.search(before) is not None and _REIGN.match(after) is not None

    def settles(self, name: str, country: str | None) -> bool:
        """Whether a place name alone says that it lies in the country."""
        return self._theatre.settles(name, country)

    def at_peace(self, name: str, offset: int) -> bool:
        """Whether a place name lies in a country at peace, while the sentence at the offset is about one at war."""
        return self._theatre.at_peace(name, self.country(offset))

    def sides(self) -> list[Said]:
        """Every mention of a side in order, the bare role words ("rebels", "the army") included."""
        if self._sides is None:
            told = [s for s in self.said if s.sentence not in self._filed and not _A_FRONT.match(s.text)]
            named = [s for s in told if s.sort is Sort.ACTOR or s.sort is Sort.STATE and self._acts(s)]
            named = [s for s in named if _LAND.match(self._text, s.end) is None]
            starts = [s.start for s in self.said]
            words = [s for s in self._role_words() if not self._is_said(s, starts)]
            self._sides = sorted([*named, *words], key=_START)
        return self._sides

    def sides_in(self, start: int, end: int) -> list[Said]:
        """The mentions of sides that begin in a stretch of the article."""
        sides = self.sides()
        return sides[bisect_left(sides, start, key=_START) : bisect_left(sides, end, key=_START)]

    def names_no_side(self) -> bool:
        """Whether an article long enough to name its sides names none: no body, no state that acts, no role word."""
        return len(self._bounds) >= LONG and not self.sides()

    def _is_said(self, word: Said, starts: list[int]) -> bool:
        """Whether a mention covers the word; mentions do not overlap, and `starts` are theirs in order."""
        at = bisect_left(starts, word.end) - 1
        return at >= 0 and self.said[at].end > word.start

    def _acts(self, state: Said) -> bool:
        """Whether a country stands as a side ("Turkey said") and not as a place ("in Turkey")."""
        return not _LOCATED.search(self._text, max(0, state.start - 24), state.start)

    def _role_words(self) -> Iterator[Said]:
        known = self._actors.role_words
        for _, at, _ in _role_scan(known).spans(self._text):
            number = self.sentence_of(at)
            start, end = self._bounds[number]
            word = _ROLE_WORD.match(self._text, at, end) if start <= at else None
            if word is not None and word.group().lower() in known:
                yield Said(word.start(), word.end(), word.group(), Sort.ACTOR, number)

    def same_paragraph(self, a: int, b: int) -> bool:
        """Whether two sentences, by number, stand in one paragraph."""
        return self._paragraph[a] == self._paragraph[b]

    def known_as(self, offset: int) -> str | None:
        """The name right behind an offset in "a coalition known as X"."""
        found = _KNOWN_AS.match(self._text, offset)
        if found is None:
            return None
        return next((s.text for s in self.said if s.start <= found.end() < s.end), None)

    def introduced(self, text: str) -> str | None:
        """The long name that the article gave an abbreviation: "the X Front (XF)" makes XF the X Front."""
        if self._short is None:
            self._short = {m["short"]: m["long"] for m in _INTRODUCED.finditer(self._text)}
        for word in text.split():
            if word in self._short:
                return self._short[word]
        return None


_START = attrgetter("start")


@lru_cache(maxsize=2)
def _role_scan(words: frozenset[str]) -> NameScan:
    return NameScan(sorted(words))


def agrees(text: str, plural: bool) -> bool:
    """Whether a side's name may have the number of a pronoun; abbreviations may have both."""
    last = text.split()[-1].rstrip(")")
    if last.isupper():
        return True
    return (last.endswith(("s", "men", "militia", "opposition")) and not last.endswith("ss")) is plural
