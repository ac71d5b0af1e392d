"""Discourse: what an article has said so far, so that "they" and "the army" mean something.

Comes from the sentences' mentions in order; answers which side a pronoun or a group points back to, and which
country a sentence is about. What "the town" points back to stands in `pointing`.
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
from geo.gazetteer import Gazetteer
from geo.mentions import Mention, Sort
from geo.namescan import NameScan
from geo.sentences import is_dateline
from geo.theatre import Theatre


@dataclass(frozen=True, slots=True)
class Said:
    """A mention with article offsets and the number of its sentence."""

    start: int
    end: int
    text: str
    sort: Sort
    sentence: int


_ROLE_WORD = re.compile(r"(?<![\w-])[A-Za-z][a-z]{3,}(?![\w-])")
_KNOWN_AS = re.compile(
    r",? (?:(?:also |better |locally |widely )?known (?:locally )?as|called"
    r"|(?:who |which |that )?call(?:s|ed|ing)? (?:itself|themselves))(?: the)? "
)
_INTRODUCED = re.compile(
    r"(?P<long>[A-Z][\w’'-]+(?: (?:of|for|the|and|in|to|wa|al|de|du|des) (?:the )?[A-Z][\w’'-]+| [A-Z][\w’'-]+){1,8})"
    r" \((?:the )?[\"“]?(?P<short>[A-Z][A-Za-z.-]{1,9})[\"”]?\)"
)
LONG = 4
"""Sentences after which a report of war has named somebody who fights it; shorter texts may be a note's one line."""
REACH = 3
"""How many sentences back a pronoun's side may stand: further back another has come between."""


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
        self.text, self._actors = text, actors
        self.said: list[Said] = []
        for number, (start, _, mentions) in enumerate(sentences):
            for m in mentions:
                self.said.append(Said(start + m.start, start + m.end, m.text, m.sort, number))
        self.bounds = [(start, end) for start, end, _ in sentences]
        self._filed = frozenset(n for n, (a, b) in enumerate(self.bounds) if is_dateline(text[a:b]))
        self._starts = [start for start, _ in self.bounds]
        self._sides: list[Said] | None = None
        self._short: dict[str, str] | None = None
        self._theatre = Theatre(text, sentences, gazetteer, actors, published)
        self._paragraph = self._theatre.paragraph
        self.main = self._theatre.country(0) if sentences else None

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that holds an article offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def start_of(self, offset: int) -> int:
        """The article offset at which the sentence that holds an offset begins."""
        return self._starts[self.sentence_of(offset)]

    def country(self, offset: int, names: Sequence[str] = ()) -> str | None:
        """ISO code of the country whose war the sentence is about, names being places told there; None where unsaid."""
        return self._theatre.country(self.sentence_of(offset), names)

    def promote(self, text: str) -> None:
        """A name that stood in a place slot is a place wherever else the article says it."""
        self.said = [replace(s, sort=Sort.PLACE) if s.sort is Sort.NAME and s.text == text else s for s in self.said]

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
            owner = self.text.startswith(("'s ", "’s "), s.end)
            helper = _HELPER.search(self.text, max(0, s.start - 40), s.start) is not None
            return -s.sentence, helper, plural is not None and not agrees(s.text, plural), owner, s.start

        return [*lead, *sorted(sides, key=order)]

    def _topic(self, number: int, offset: int) -> str | None:
        """The side a paragraph that begins with a pronoun goes on about: the one named most, by far."""
        start = self.bounds[number][0]
        if number == 0 or self._paragraph[number] == self._paragraph[number - 1] or offset - start > HEAD:
            return None
        counted = Counter(s.text for s in self.sides() if s.sentence < number).most_common(2)
        if not counted or len(counted) > 1 and counted[0][1] < TOPIC * counted[1][1]:
            return None
        return counted[0][0]

    def _oblique(self, said: Said) -> bool:
        """Whether a side only describes or meets another: "an offshoot of X", "an X offshoot", "clashes with X"."""
        return self.only_describes(said) or _OBLIQUE.search(self.text, max(0, said.start - 24), said.start) is not None

    def between(self, start: int, end: int) -> str:
        """The article's text between two offsets."""
        return self.text[start:end]

    def only_describes(self, said: Said) -> bool:
        """Whether a side is named only to say whence another comes: "an X offshoot", "X-linked"."""
        return _OFFSHOOT.match(self.text, said.end) is not None

    def is_out(self, said: Said) -> bool:
        """Whether a side is named as one that does not hold the ground: "out of X's control", "no longer X-held"."""
        before, after = self.text[max(0, said.start - 24) : said.start], self.text[said.end : said.end + 24]
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
            named = [s for s in told if s.sort is Sort.ACTOR or s.sort is Sort.STATE and self.acts(s)]
            named = [s for s in named if _LAND.match(self.text, s.end) is None]
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
        return len(self.bounds) >= LONG and not self.sides()

    def _is_said(self, word: Said, starts: list[int]) -> bool:
        """Whether a mention covers the word; mentions do not overlap, and `starts` are theirs in order."""
        at = bisect_left(starts, word.end) - 1
        return at >= 0 and self.said[at].end > word.start

    def acts(self, state: Said) -> bool:
        """Whether a country stands as a side ("Turkey said") and not as a place ("in Turkey")."""
        return not _LOCATED.search(self.text, max(0, state.start - 24), state.start)

    def _role_words(self) -> Iterator[Said]:
        known = self._actors.role_words
        for _, at, _ in _role_scan(known).spans(self.text):
            number = self.sentence_of(at)
            start, end = self.bounds[number]
            word = _ROLE_WORD.match(self.text, at, end) if start <= at else None
            if word is not None and word.group().lower() in known:
                yield Said(word.start(), word.end(), word.group(), Sort.ACTOR, number)

    def same_paragraph(self, a: int, b: int) -> bool:
        """Whether two sentences, by number, stand in one paragraph."""
        return self._paragraph[a] == self._paragraph[b]

    def known_as(self, offset: int) -> str | None:
        """The name right behind an offset in "a coalition known as X"."""
        found = _KNOWN_AS.match(self.text, offset)
        if found is None:
            return None
        return next((s.text for s in self.said if s.start <= found.end() < s.end), None)

    def introduced(self, text: str) -> str | None:
        """The long name that the article gave an abbreviation: "the X Front (XF)" makes XF the X Front."""
        if self._short is None:
            self._short = {m["short"]: m["long"] for m in _INTRODUCED.finditer(self.text)}
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
