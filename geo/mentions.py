"""Mentions: where a sentence names a place, a side, a person or a body.

Comes from the text, the gazetteer and the actor registry; goes to `masking`. Known names are found
by one automaton over the folded text (longest match first); every other run of capitalised words is
a name of unknown sort, told apart by the words beside it. What a name is in the end is decided by
the slot it stands in, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from spacy.lang.en.stop_words import STOP_WORDS

from geo.actors import ActorRegistry
from geo.gazetteer import Gazetteer, Match
from geo.lexicon import lexicon
from geo.names.latin import mark_forms
from geo.namescan import scan_for


class Sort(StrEnum):
    """What a mention looks like before its slot is known."""

    PLACE = "place"
    ACTOR = "actor"
    NAME = "name"
    STATE = "state"
    PERSON = "person"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text. start and end are character offsets into that text."""

    start: int
    end: int
    text: str
    sort: Sort


_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’ʿʼ`-](?!s\b)[^\W_]+)*")
_LINK = re.compile(
    r"[ \-/]{1,2}(?:al|el|ar|as|ash|at|az|an|ad|ed|ez|es|de|du|la|le|ibn|bin|abu|u|ou"
    r"|[a-z]{1,2}[-'’])[ \-]?(?=[^\W\d_])"
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_STARTERS = frozenset(STOP_WORDS) | frozenset(
    "earlier later meanwhile however according reports witnesses residents following speaking state on off "
    "government rebels troops forces officials sources activists militants fighters local two three several "
    "near outside inside dozens hundreds thousands read photo image video related tags editing reporting "
    "writing".split()
)
_BACKED = (
    r"[^\W\d_][\w.]*-(?:backed|led|linked|aligned|affiliated|allied|supported|dominated|sponsored|trained|majority) "
)
_LEFT = re.compile(rf"((?:{_BACKED}|(?:pro|anti)-[^\W\d_]+ )+)$", re.IGNORECASE)
_BRACKET = re.compile(r" ?\(([^()\n]{1,28})\)")
_NATION = re.compile(
    r"\b[Tt]he (?P<nation>[A-Z][a-z]+(?:ese|sh|ch))(?: (?:also|then|later|now|already))? (?P<verb>[a-z]+)\b"
)
_AUXILIARIES = frozenset({"have", "had", "were", "are"})
_INITIALS = re.compile(r"[A-Z]{2,6}")


class Scanner:
    """Finds mentions. Build one per gazetteer and registry; it holds no state between texts."""

    def __init__(self, gazetteer: Gazetteer, actors: ActorRegistry) -> None:
        self._gazetteer, self._actors = gazetteer, actors
        surfaces = actors.scan_names().keys()
        self._places, self._states = gazetteer.scan_names(), actors.state_surfaces()
        self._sides, self._initials = surfaces - self._states.keys(), actors.initials()
        self._scan = scan_for(frozenset(self._places.keys() | surfaces))
        had = {word for word, found in lexicon().verbs.items() if all(trigger.frame == "have" for trigger in found)}
        self._triggers = lexicon().trigger_words - had

    def has_trigger(self, text: str) -> bool:
        """Whether any word of the text can report control: the cheap test before the parse."""
        return not self._triggers.isdisjoint(_TRIGGER_WORD.findall(text.lower())) or _HAD.search(text) is not None

    def mentions(self, text: str) -> list[Mention]:
        """Every mention of a text, in order, none overlapping."""
        known, names = [*self._known(text), *self._nations(text)], self._names_in(text)
        found = known + [name for name in names if not _overlaps(name, known)] if known else names
        return _joined(text, sorted(found, key=_START))

    def _known(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        for index, start, end in self._scan.spans(text):
            name = self._scan.names[index]
            written = text[start:end]
            capital = written != written.lower()
            meant = written.isupper() or name not in self._initials
            side, place = name in self._sides and meant, name in self._places
            whole = not _runs_on(text, start, end) and _TOWNLY.search(text, max(0, start - 8), start) is None
            if name in self._states and meant and capital and whole:
                found.append(Mention(start, end, text[start:end], Sort.STATE))
            elif (
                place
                and capital
                and not side
                and name not in self._gazetteer.stoplist
                and not _runs_on(text, start, end)
                and not _goes_before(text, start, found[-1].end if found else 0)
            ):
                start = _with_article(text, start)
                found.append(Mention(start, end, text[start:end], Sort.PLACE))
            elif side and (capital or " " in name) and not _is_agency(text, start, end):
                found.append(self._with_words(text, start, end))
        return found

    def _nations(self, text: str) -> Iterator[Mention]:
        """ "The French entered X": a demonym without a noun of its own, before a verb."""
        for found in _NATION.finditer(text):
            verb, name = found["verb"], found["nation"]
            if (verb in lexicon().verbs or verb in _AUXILIARIES) and self._actors.match(name, None, None) is not None:
                yield Mention(found.start("nation"), found.end("nation"), name, Sort.ACTOR)

    def _with_words(self, text: str, start: int, end: int) -> Mention:
        """An actor's name with its "Russian-backed" before it and its "(SDF)" and "fighters" behind it."""
        if start and text[start - 1] == " " and "-" in text[max(0, start - 60) : start]:
            left = _LEFT.search(text, max(0, start - 60), start)
            start = left.start() if left else start
        bracket = _BRACKET.match(text, end)
        if bracket and len(bracket.group(1).split()) <= 4:
            end = bracket.end()
        end = _over_nouns(text, end)
        return Mention(start, end, text[start:end], Sort.ACTOR)

    def _names_in(self, text: str) -> list[Mention]:
        words = list(_WORD.finditer(text))
        forms = [word.group() for word in words]
        out: list[Mention] = []
        behind = 0
        for at, form in enumerate(forms):
            if at < behind or not _capital(form):
                continue
            last = _run_end(text, words, forms, at)
            behind = last + 1
            first = at
            alone = first == last
            while (
                first <= last
                and _opens(text, words[first], forms[first], alone=alone)
                and not (alone and self._names_a_land(text, words[first]))
            ):
                first += 1
            if first <= last and any(_more_than_adjective(form) for form in forms[first : last + 1]):
                start, end = words[first].start(), words[last].end()
                out.append(Mention(start, end, text[start:end], self._sort(text, start, end)))
        return out

    def _names_a_land(self, text: str, word: re.Match[str]) -> bool:
        """Whether a word that opens a sentence is the name of a district or village: "Hays district was taken"."""
        if _LAND.match(text, word.end()) is None:
            return False
        found = self._gazetteer.lookup(word.group())
        return any(c.match in (Match.EXACT, Match.FOLDED) for c in found)

    def _sort(self, text: str, start: int, end: int) -> Sort:
        lex = lexicon()
        name = text[start:end]
        tokens = name.lower().replace("-", " ").split()
        first, last = lex.classes(tokens[0]), lex.classes(tokens[-1])
        if len(tokens) > 1 and not last.isdisjoint(_PLACES):
            return Sort.PLACE
        if any("organisation" in lex.classes(token) for token in tokens):
            return Sort.BODY
        if len(tokens) > 1 and ("armed" in last or "armed" in first):
            return Sort.ACTOR
        before = text[max(0, start - 24) : start].split()
        if before and _ORDINAL.fullmatch(before[-1]) and lex.is_class(tokens[-1], "armed"):
            return Sort.ACTOR
        if (
            before
            and lex.is_class(before[-1].strip(".,").lower(), "title")
            or lex.is_class(tokens[0].strip("."), "title")
        ):
            return Sort.PERSON
        if _INITIALS.fullmatch(name.replace(".", "")):
            return Sort.BODY
        return Sort.NAME


_START = attrgetter("start")
_PLACES = frozenset({"facility", "region", "settlement", "quarter"})
_ADJECTIVES = frozenset({"adjective", "direction", "direction_adj"})


def _overlaps(name: Mention, others: Sequence[Mention]) -> bool:
    return any(other.start < name.end and name.start < other.end for other in others)


_ARMED = re.compile(r" (?:troops|soldiers|forces|units|chief|commander|spokes\w+|said|has|had|was|is)\b")


def _with_article(text: str, start: int) -> int:
    """Where a name begins with the article a hyphen ties to it: "Al-Qadisiyah", though the tables have Qadisiyah."""
    found = _ARTICLE_BEFORE.search(text, max(0, start - 4), start)
    return found.start() if found is not None else start


_ARTICLE_BEFORE = re.compile(r"(?<![\w’'-])(?:[Aa][ldnrstz]|[Aa]sh|[Ee]l)-$")


def _is_agency(text: str, start: int, end: int) -> bool:
    """Whether initials stand for the agency that was told something, not for an army: "told AFP", "(AFP) -"."""
    if not lexicon().is_class(text[start:end].lower(), "agency"):
        return False
    commands = _ARMED.match(text, end) is not None and not text.endswith("told ", 0, start)
    return not (commands or text.endswith(("the ", "The "), 0, start))


def scanner_of(gazetteer: Gazetteer, actors: ActorRegistry) -> Scanner:
    """The scanner of this gazetteer and registry. The last one is kept: building it takes as long as many articles."""
    for known in _kept:
        if known[0] is gazetteer and known[1] is actors:
            return known[2]
    _kept[:] = [(gazetteer, actors, Scanner(gazetteer, actors))]
    return _kept[0][2]


_kept: list[tuple[Gazetteer, ActorRegistry, Scanner]] = []

_TOWNLY = re.compile(r"\b(?:Port|Fort|Camp|Lake|Mount) $")
"""What makes of a state's name another place's: "Port Sudan", "Lake Chad"."""
_NEXT_WORD = re.compile(r"[ -]([^\W\d_]+)")
_NEXT_NOUN = re.compile(r" ([^\W\d_]+)")
_HAD = re.compile(
    r"\b(?:has|have|had) (?:now |already )?(?:all|the whole|every|both|it all|[A-Z][a-z]+|the (?:[a-z]+ )?"
    r"(?:town|city|village|capital|airport|base|port|bridge|crossing|camp|post|hill)s?)\b"
)
"""The possession that tells of a place; "have" alone stands in every fourth sentence."""
_TRIGGER_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")


_WORD_BEFORE = re.compile(
    r"([^\W\d_]+(?:['’-][^\W\d_]+)*) "
    r"(?P<particles>(?:(?:de|del|della|di|da|do|du|dos|das|van|von|la|le|al|el|ez|es|ash|ar) ){0,2})$"
)
_HEADLINE = 0.6
"""Share of words with a capital from which on a sentence is a headline, in which capitals show no names."""


def _goes_before(text: str, start: int, known: int) -> bool:
    """Whether an unknown capitalised word stands right before the name, which is then half of a longer one."""
    near = text[max(0, start - 30) : start]
    last = near[:-1].rpartition(" ")[2]
    if not near.endswith(" ") or last.islower() and last not in _PARTICLES:
        return False
    before = _WORD_BEFORE.search(text, max(0, start - 30), start)
    if before is None or before.start(1) < known or not _capital(before.group(1)):
        return False
    word, lex = before.group(1).lower(), lexicon()
    if not _LINKS.isdisjoint(before["particles"].split()):
        return word not in _STARTERS
    if before.start(1) == 0:
        return False
    if lex.is_class(word, "organisation"):
        return True
    if word in _STARTERS or word in lex.word_classes or word in lex.governors or word in mark_forms():
        return False
    if word in lex.verbs or word in lex.nouns or word in lex.control_verbs or word.endswith(("ing", "ed", "ly")):
        return False
    if text[: before.start(1)].rstrip(" \"'“‘([-–—•*").endswith((".", "!", "?", ":", "\n")):
        return False
    words = _WORD.findall(text)
    return sum(map(_capital, words)) < _HEADLINE * len(words)


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word touches the name, so that it is part of a longer, unknown one."""
    after = _NEXT_WORD.match(text, end)
    if after and _capital(after.group(1)):
        word = after.group(1).lower()
        lex = lexicon()
        return word not in _CALENDAR and not (word in lex.word_classes or word in _STARTERS)
    return False


_COMPOUND = re.compile(
    r"-(?:backed|led|linked|aligned|affiliated|allied|supported|dominated|sponsored|trained|held|controlled|run|occupied|based|speaking|populated|majority|ruled|born|made|style|era|terrorism|attack|offensive)$",
    re.IGNORECASE,
)


_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|at|az|an|ad|ed|ez|d|l)[-'’]")


@lru_cache(maxsize=65536)
def _capital(word: str) -> bool:
    if _COMPOUND.search(word):
        return False
    head = _ARTICLE.sub("", word)
    return bool(head) and head[0].isupper() and word.lower() not in _CALENDAR


def _opens(text: str, word: re.Match[str], form: str, *, alone: bool) -> bool:
    """A capital that only opens a sentence, or a quote, and belongs to no name."""
    lower = form.lower()
    if lower in _STARTERS and not (form.isupper() and len(lower) > 1 and lower != "it"):
        return True
    before = text[: word.start()].rstrip(" \"'“‘([-–—•*")
    if before and before[-1] not in ".!?:\n":
        return False
    if _NUMERAL.fullmatch(lower):
        return True
    lex = lexicon()
    if before.endswith(":") and alone and _LIST_GOES_ON.match(text, word.end()) and lower not in lex.word_classes:
        return False
    if alone and "-" not in lower and "'" not in lower and not form.isupper():
        names = _TOPIC.match(text, word.end()) or _IS_DESCRIBED.match(text, word.end()) and not _ADVERB.fullmatch(lower)
        return not names or lower in lex.word_classes or lower in lex.verbs
    return lower in lex.word_classes or lower in lex.verbs or lower in lex.governors or lower.endswith("ly")


_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth")
"""What stands before a unit: "the 11th Brigade"."""
_LAND = re.compile(r" (?:district|province|governorate|township|county|oblast|village|town|city|airport|airbase)\b")
_NUMERAL = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
    r"(?:-\w+)?"
)
"""A number that opens a sentence: "Fifty-five miles to the south"."""
_ADVERB = re.compile(
    r"\w+ly|today|yesterday|tonight|earlier|later|meanwhile|elsewhere|overnight|nearby|afterwards?|however|instead|again"
    r"|moreover|further|soon|once|thus|there|then|now"
)
"""What opens a sentence before a comma and is no name."""
_IS_DESCRIBED = re.compile(
    r", (?:which|where|whose|(?:further|farther|just) (?:north|south|east|west|up|down)|(?:an?|the) (?:[a-z-]+ ){0,3}"
    r"(?:town|city|village|port|capital|seat|district|base|hub|junction|suburb|settlement|island|hill)\b)"
)
"""What stands behind a name that opens a sentence: "Garyan, which commands the road, ..."."""
_LIST_GOES_ON = re.compile(r"(?:, | and )[A-Z][a-z]")
"""What stands behind the first of a list of names: "four towns: Drvar, Jajce and Sipovo"."""


def _more_than_adjective(form: str) -> bool:
    """Whether a word can make a name by itself, as "Eastern" or "Syrian" cannot."""
    return lexicon().classes(form.lower()).isdisjoint(_ADJECTIVES)


_TOPIC = re.compile(r"(?: (?:battle|siege|fighting|clashes|offensive))?: ")
"""What stands between a headline's topic and the headline: "Kutum: ...", "Kutum battle: ..."."""


def _run_end(text: str, words: Sequence[re.Match[str]], forms: Sequence[str], at: int) -> int:
    """The last word of the name that begins with the capitalised word `at`."""
    last = at
    while last + 1 < len(words) and _continues(text, words, forms, last):
        last += 1
    while last > at and not _capital(forms[last]) and not forms[last][0].isdigit():
        last -= 1
    return last


def _continues(text: str, words: Sequence[re.Match[str]], forms: Sequence[str], at: int) -> bool:
    """Whether the word behind word `at` of a name is still of it."""
    left, right = forms[at], forms[at + 1]
    gap = text[words[at].end() : words[at + 1].start()]
    if _capital(right):
        return gap in (" ", "-", "/", " - ")
    if gap == " " and right[0].isdigit() and len(right) <= 3 and not left[0].isdigit():
        return left.lower() not in _STARTERS and _capital(left) and not left.isupper()
    return gap in (" ", "-") and right.lower() in _PARTICLES and _capital_after(text, words[at + 1])


_LINKS = frozenset("de del della di da do du dos das van von".split())
"""The small words of one name that no other word of English is: "Santa Rita do Sul", "Val di Chiana"."""
_PARTICLES = _LINKS | frozenset("al el ar as ash at az an ad ed ez es la ibn bin abu wa".split())


def _capital_after(text: str, word: re.Match[str]) -> bool:
    following = _WORD.match(text, word.end() + 1)
    return following is not None and _capital(following.group())


def _over_nouns(text: str, end: int) -> int:
    """Past the armed bodies that follow an actor's name: "Islamic State fighters", "HTS group"."""
    lex = lexicon()
    for _ in range(3):
        word = _NEXT_NOUN.match(text, end)
        if not word or not lex.is_class(word.group(1).lower(), "armed"):
            break
        if word.group(1) in ("offensive", "assault", "side", "operations", "command"):
            break
        end = word.end()
    return end


def _joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """Actors written as one ("PKK/YPG", "rebels (FSA)") become one mention; demonyms join their noun."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        if last and mention.sort is Sort.ACTOR and last.sort in (Sort.ACTOR, Sort.NAME, Sort.BODY):
            gap = text[last.end : mention.start]
            adjective = last.sort is not Sort.ACTOR or gap != "/"
            if gap in ("/", " ") and (not adjective or last.text.endswith(("n", "i", "sh", "se", "qi", "ek"))):
                out[-1] = Mention(last.start, mention.end, text[last.start : mention.end], Sort.ACTOR)
                continue
        out.append(mention)
    return out
