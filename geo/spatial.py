"""Spatial phrases: "eastern Aleppo", "the western countryside of X", "20 km south of X", "between X and Y".

A place phrase as written comes in; out comes the name it hangs on (the anchor), the relation as a slug that
`areas` can draw, and the anchor's other end where there are two. Which place the anchor is, and whether the
whole phrase is itself a name ("Eastern Tall Ward"), is for `resolve` to say. Words are data: see
geo/data/directions.csv and geo/data/place_words.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.names import fold
from geo.names.latin import rows


@dataclass(frozen=True, slots=True)
class SpatialPhrase:
    """anchor and other: as written. relation: a slug such as "northern-countryside" or "20km-south-of".

    wide: whether the phrase speaks of the land around a town (its governorate, if it is the seat of one)
    rather than of the town itself. words: the words that made the relation.
    """

    anchor: str
    relation: str
    words: str
    other: str | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A word for a kind of place. group: settlement, quarter, area, facility, feature.

    kinds: of the gazetteer; main: the one that the word means first ("" where no kind fits).
    """

    word: str
    group: str
    kinds: frozenset[str]
    main: str = ""


@lru_cache(maxsize=1)
def place_words() -> dict[str, PlaceWord]:
    """Folded word (also its plural) -> PlaceWord."""
    out: dict[str, PlaceWord] = {}
    for row in rows("place_words.csv"):
        kinds = row["kinds"].split()
        found = PlaceWord(row["word"], row["group"], frozenset(kinds), kinds[0] if kinds else "")
        for form in (row["word"], _plural(row["word"])):
            out.setdefault(form, found)
    return out


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word if word.endswith("s") else word + "s"


@lru_cache(maxsize=1)
def directions() -> dict[str, str]:
    """Folded direction word -> slug."""
    out = {word: row["slug"] for row in rows("directions.csv") for word in row["words"].split()}
    return out | {word.replace("-", " "): slug for word, slug in out.items() if "-" in word}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_UNITS = {
    "km": 1.0, "kms": 1.0, "kilometer": 1.0, "kilometre": 1.0, "kilometers": 1.0, "kilometres": 1.0, "m": 0.001,
    "meter": 0.001, "metre": 0.001, "meters": 0.001, "metres": 0.001, "mile": 1.609, "miles": 1.609, "mi": 1.609,
}  # fmt: skip
_PARTS = {
    "LAND": "countrysides?|hinterlands?|rural areas?|rural parts?|rural regions?",
    "PIECE": (
        "parts?|portions?|sections?|areas?|half|halves|sides?|third|quarters?|districts?|neighbou?rhoods?|sectors?|"
        "corner|tip|reaches|flanks?|villages|towns|territory|lands?|zones?|regions?|suburbs?"
    ),
    "EDGE": "outskirts?|edges?|fringes?|entrances?|approaches|perimeter|gates",
    "NEAR": (
        "near|nearby|around|surrounding|outside|just outside|close to|next to|beside|in the vicinity of|vicinity of|"
        "adjacent to|overlooking|opposite|not far from"
    ),
    "SOME": (
        "(?:(?:the|its|several|some|many|most|much|dozens|scores|of|new|all|other|more|than|a|number|large|wide|vast|"
        r"in|whole|entire|rest|remaining|strategic|\d+|two|three|four|five|six|seven|eight|nine|ten|about|around|"
        "at|least|over) )*"
    ),
    "X": (
        "(?:the )?(?:(?:northern|southern|eastern|western|central|coastal|strategic|key|nearby) )?"
        "(?:(?:city|cities|town|village|capital|province|governorate|district|region) )?(?:of )?(?:the )?(?P<x>.+?)"
    ),
    "BORDER": "(?:borders?|frontiers?)(?: (?:line|areas?|region|regions|strip|zone))?",
    "AT": "(?:.*\\s)?(?:on|at|near|along|to|towards?|from|by|of|close to)",
    "NAME": r"(?!(?:parts?|portions?|areas?|half|sides?|quarters?|districts?|suburbs?) )(?P<x>.+)",
    "N": r"(?P<n>\d+(?:\.\d+)?)",
    "U": rf"(?P<u>{_any(_UNITS)})\b(?: \([^)]*\))?",
}

# Pattern, what is added to the direction (or the whole relation), and whether it speaks of the land around.
# The first that fits the whole phrase is taken, so the narrower stand first. D is a row of directions.
_TABLE: tuple[tuple[str, str, bool], ...] = (
    (r"(?:.*\s)?{BORDER} with (?:the )?(?P<x>.+)", "border", False),
    (r"(?:.*\s)?{BORDER} (?:of|between) (?:the )?(?P<x>.+?) and (?:the )?(?P<y>.+)", "border", False),
    (r"(?:{AT} )?(?:the )?(?P<x>[^,]+?)(?: ?[-–] ?| and )(?P<y>[^,]+?) {BORDER}", "border", False),
    (r"(?:{AT} )?(?:the )?(?P<x>[^,]+?)(?:'s?)? {BORDER}", "border", False),
    (r"(?:.*\s)?between {X} and (?:the )?(?P<y>.+)", "between", False),
    (r"(?P<x>[^,]+?) ?(?:-| to ) ?(?P<y>[^,-]+?) (?:road|highway|motorway|axis|front|front ?line|line)", "road", False),
    (r"(?:.*\s)?(?:less than|within|under) {N} ?{U} (?:from|of|off) {X}", "within", False),
    (r"(?:.*\s)?{N} ?-?{U} (?:to the )?{D} (?:of|from) {X}", "distance", False),
    (r"(?:.*\s)?{N} ?-?{U} (?:away )?(?:from|outside|off) {X}", "off", False),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?(?:the )?{D} (?:{LAND}) (?:of|in|around) {X}", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?(?:the )?(?:{LAND}) (?:to the )?{D} of {X}", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?(?:the )?{D} {X}(?:'s?)? (?:{LAND})", "countryside", True),
    (r"(?P<x>.+?)(?:'s?)? {D} (?:{LAND})", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?rural {D} (?P<x>.+)", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?{D} rural (?P<x>.+)", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?(?:the )?(?:{LAND}) (?:of|in|around) {X}", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?(?:the )?(?P<x>.+?)(?:'s?)? (?:{LAND})", "countryside", True),
    (r"(?:{SOME}(?:{PIECE}) (?:of|in) )?(?:the )?rural (?P<x>.+)", "countryside", True),
    (r"{D} (?:{EDGE}) of {X}", "outskirts", False),
    (r"{D} (?P<x>.+?)(?:'s?)? (?:{EDGE})", "outskirts", False),
    (r"(?P<x>.+?)(?:'s?)? {D} (?:{EDGE})", "outskirts", False),
    (r"(?:.*\s)?(?:{EDGE}|suburbs?) of {X}", "outskirts", False),
    (r"(?P<x>.+?)(?:'s?)? (?:{EDGE}|suburbs?)", "outskirts", False),
    (r"{SOME}(?:city |town )?(?:centre|center|heart|middle|downtown) of {X}", "centre", False),
    (r"(?P<x>.+?)(?:'s?)? (?:city |town )?(?:centre|center)", "centre", False),
    (r"(?:downtown|central) (?P<x>.+)", "centre", False),
    (r"(?:(?:.*\s)?(?:{PIECE}) (?:of|in|across) (?:the )?)?{SOME}{D} (?:{PIECE}) (?:of|in) {X}", "parts", False),
    (r"(?P<x>.+?)'s? {D} (?:{PIECE})", "parts", False),
    (r"(?P<x>.+?)'s? {D}", "", False),
    (r"(?:.*\s)?(?:bank|side|shore) {D} of {X}", "of", False),
    (r"(?:.*\s)?{D} (?:(?:bank|side|shore) )?of {X}", "of", False),
    (r"(?:.*\s)?(?:villages|towns|areas|positions|territory) (?:in|across|of) (?:the )?{D} {NAME}", "", True),
    (r"(?:.*\s)?(?:{NEAR}) {X}", "near", False),
    (r"(?P<x>.+?)'s? (?:surroundings|vicinity|environs)", "near", False),
    (
        r"(?:.*\s)?(?:{PIECE}|most|much|rest|all|swathes?) (?:of|in|across) (?:the )?{D} "
        r"(?!(?:city|town|village|capital|province|governorate|district|region|countryside|suburb)s? )(?P<x>.+)",
        "",
        False,
    ),
    (r"{SOME}(?:{PIECE}|most|much|rest|whole|all|swathes?) (?:of|in) {X}", "parts", False),
    (r"{D} (?P<x>.+?)'s? (?:{PIECE})", "parts", False),
    (r"{D} (?P<x>.+?) (?:villages|towns|neighbou?rhoods|districts|suburbs)", "parts", False),
    (r"{D} (?!(?:city|town|village|province|district|region|suburb|neighbou?rhood|state|port) )(?P<x>.+)", "", False),
)  # fmt: skip


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    one = _any(directions())
    row = rf"(?P<d>(?:{one})(?:(?:,? and (?:the )?|, |/)(?:{one}))*)\b"
    parts = {**_PARTS, "D": row}
    out = []
    for written, relation, wide in _TABLE:
        filled = re.sub(r"\{([A-Z]+)\}", lambda found: parts[found[1]], written)
        out.append((re.compile(filled), relation, wide))
    return tuple(out)


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    """A word without which no rule fits: plain names are turned away here."""
    parts = (*directions(), "rural", "road", "between", "centre", "center", "heart", "middle", "downtown", "highway",
             "motorway", "axis", "line", "front", "most", "much", "rest", "whole", "all", "swathes", "swathe",
             "surroundings", "environs", "vicinity", "suburb", "suburbs", "border", "borders", "frontier",
             "frontiers")  # fmt: skip
    words = "|".join((_any(parts), *(_PARTS[name] for name in ("LAND", "PIECE", "EDGE", "NEAR", "U"))))
    return re.compile(rf"(?:^|[\W\d])(?:{words.replace('(?P<u>', '(?:')})(?:\W|$)")


def parse(text: str) -> SpatialPhrase | None:
    """The reading of a place phrase as anchor and relation, or None where it is a plain name or description.

    >>> parse("the northern countryside of Aleppo").relation
    'northern-countryside'
    """
    return next(iter(readings(text)), None)


@lru_cache(maxsize=20_000)
def readings(text: str) -> tuple[SpatialPhrase, ...]:
    """All readings of a place phrase, the narrowest rule's first; where its anchor is unknown the next may do."""
    return tuple(dict.fromkeys(_readings(text)))


def _readings(text: str) -> Iterator[SpatialPhrase]:
    folded = fold(text)
    start = len(folded) - len(folded.lstrip())
    if folded[start:].startswith("the "):
        start += 4
    end = len(folded.rstrip(" .,;:"))
    if _signs().search(folded) is None:
        return
    for pattern, relation, wide in _patterns():
        found = pattern.fullmatch(folded, start, end)
        if found is None:
            continue
        groups = found.groupdict()
        anchor = text[found.start("x") : found.end("x")].strip()
        if not _can_anchor(anchor):
            continue
        other = text[found.start("y") : found.end("y")].strip() if groups.get("y") else None
        if other is not None and not _can_anchor(other):
            continue
        yield SpatialPhrase(anchor, _slug(relation, groups), _words(text, found, start, end), other, wide)


def _can_anchor(name: str) -> bool:
    """An anchor is a name (it has a capital, or no cased letter at all) or points back ("the city")."""
    return name != name.lower() or name == name.upper() or fold(name) in place_words()


def _words(text: str, found: re.Match[str], start: int, end: int) -> str:
    return f"{text[start : found.start('x')]}...{text[found.end('x') : end]}".strip()


def _slug(relation: str, groups: dict[str, str | None]) -> str:
    bearings = _directions_in(groups.get("d") or "")
    if relation in ("of", "distance"):
        bearings = bearings.replace("ern", "")
    if groups.get("n"):
        km = max(1, round(float(groups["n"] or 0) * _UNITS[groups["u"] or "km"]))
        return {"within": f"within-{km}km", "off": f"{km}km-off"}.get(relation, f"{km}km-{bearings}-of")
    return "-".join(filter(None, (bearings, relation)))


def _directions_in(words: str) -> str:
    """ "eastern and southeastern" -> "eastern-and-southeastern", in the order of the compass."""
    known = directions()
    found = {known[word] for word in re.findall(rf"\b(?:{_any(known)})\b", words)}
    order = [row["slug"] for row in rows("directions.csv")]
    return "-and-".join(sorted(found, key=order.index))
