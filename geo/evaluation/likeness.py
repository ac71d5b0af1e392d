"""How alike two place names, two points or two dates are, as an annotator would judge.

Kept apart from the matching of `resolve` on purpose: the measure must not change when the resolver does, and
it has to be lenient about spelling in ways in which a resolver may not be.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache

SAME_NAME = 0.84
"""Likeness from which two names are taken for one. The bar of the annotators' own scorer."""
NEAR_KM = 15
"""Points nearer than this are one place even where the names are not alike."""

_APOSTROPHES = "’'ʿʾ`´‘"
_ARTICLES = frozenset("al el ar as ash at az an ad ed ez es l".split())
_GENERIC = frozenset(
    """the a an of in on at near around city town village villages province governorate district neighbourhood
    neighborhood neighbourhoods suburb suburbs countryside rural area areas region state oblast county hill hilltop
    base military air airbase airport international parts part outskirts surrounding north northern south southern
    east eastern west western northeast northeastern northwest northwestern southeast southeastern southwest
    southwestern central center centre""".split()
)
_FACILITIES = frozenset(
    """airport airbase airfield base dam bridge refinery crossing plant camp headquarters barracks prison port harbour
    harbor terminal post outpost oilfield field works silos runway college academy checkpoint station citadel hill
    heights museum factory factories""".split()
)
_PART_OF = re.compile(r"\b(?:of|at|in|near|outside|around|above)\b (.+)$")
_POSSESSIVE = re.compile(r"['’]s? ")


@lru_cache(maxsize=1 << 14)
def plain_name(text: str) -> str:
    """Lower case ASCII words with single spaces: no accents, apostrophes, possessive s or punctuation."""
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    text = re.sub(rf"[{_APOSTROPHES}]s\b", "", text)
    text = re.sub(rf"[{_APOSTROPHES}]", "", text)
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str) -> float:
    """1.0 for the same name, about 0.9 for the same core, else how much of the letters agree (0..1)."""
    if not plain_name(one) or not plain_name(other):
        return 0.0
    words_a, words_b = _words(one), _words(other)
    if plain_name(one) == plain_name(other) or words_a == words_b:
        return 1.0
    core_a = [word for word in words_a if word not in _GENERIC]
    core_b = [word for word in words_b if word not in _GENERIC]
    if not core_a or not core_b:
        return SequenceMatcher(None, " ".join(words_a), " ".join(words_b)).ratio()
    if core_a == core_b:
        return 0.92
    if set(core_a) <= set(core_b) or set(core_b) <= set(core_a):
        return 0.88
    letters_a, letters_b = "".join(core_a), "".join(core_b)
    ratio = SequenceMatcher(None, letters_a, letters_b).ratio()
    if ratio >= 0.7 and _consonants(letters_a) == _consonants(letters_b):
        return max(ratio, 0.86)
    return ratio


@lru_cache(maxsize=1 << 16)
def strict_likeness(said: str, wanted: str) -> float:
    """As `likeness`, but a facility or a quarter is not the town it is named after."""
    score = likeness(said, wanted)
    if score < SAME_NAME or plain_name(said) == plain_name(wanted):
        return score
    if _facility_apart(said, wanted):
        return min(score, 0.8)
    for whole, name in ((said, wanted), (wanted, said)):
        part = _PART_OF.search(whole.lower())
        if part and plain_name(part.group(1)) == plain_name(name):
            return min(score, 0.8)
        if _POSSESSIVE.search(whole) and plain_name(_POSSESSIVE.split(whole)[0]) == plain_name(name):
            return min(score, 0.8)
    return score


def kilometres(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> float | None:
    """Great-circle distance of two (lat, lon) in degrees WGS 84; None where a coordinate is unknown."""
    (lat_a, lon_a), (lat_b, lon_b) = one, other
    if lat_a is None or lon_a is None or lat_b is None or lon_b is None:
        return None
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def days(text: str | None) -> tuple[date, date] | None:
    """The first and last day that `2024-11-30`, `2024-11`, `2024` or `start/end` means; None where it is no date."""
    if not text:
        return None
    parts = text.replace("..", "/").split("/")
    first, last = _edge(parts[0][:10], last=False), _edge(parts[-1][:10], last=True)
    return (first, last) if first and last and first <= last else None


def within(said: date | None, wanted: str | None, slack: int = 0) -> bool:
    """Whether a day lies inside a gold date, widened by `slack` days on both sides."""
    span = days(wanted)
    if said is None or span is None:
        return False
    wide = timedelta(days=slack)
    return span[0] - wide <= said <= span[1] + wide


def _words(text: str) -> list[str]:
    return [word for word in plain_name(text).split() if word not in _ARTICLES]


def _consonants(letters: str) -> str:
    """What stays of a name when vowels and doubled letters, the first to differ in spellings, are left out."""
    letters = letters.replace("ou", "w").replace("q", "k").replace("c", "k")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", letters))


def _facility_apart(said: str, wanted: str) -> bool:
    return bool((set(plain_name(said).split()) ^ set(plain_name(wanted).split())) & _FACILITIES)


def _edge(text: str, *, last: bool) -> date | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip())
    if found is None:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        if month and day:
            return date(year, month, day)
        if month:
            return date(year, month, 1) if not last else date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date(year, 12, 31) if last else date(year, 1, 1)
    except ValueError:
        return None
